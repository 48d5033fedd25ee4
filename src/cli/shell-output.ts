import type { Output } from './output';

/** The shell's own streams. A reader that has gone (`| head`) is not a fault: what is left unread is not written. */
export function shellOutput(environment: NodeJS.ProcessEnv): Output {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const columns = Number(environment.COLUMNS) || process.stdout.columns;
  return {
    print: (text) => { process.stdout.write(`${text}\n`); },
    printError: (text) => { process.stderr.write(`${text}\n`); },
    columns: Number.isInteger(columns) && columns > 0 ? columns : undefined,
    // https://no-color.org
    colour: process.stdout.isTTY && !environment.NO_COLOR && environment.TERM !== 'dumb',
  };
}

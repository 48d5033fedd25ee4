import { runEngine } from './engine-program';

const host = {
  projectFolder: process.cwd(),
  print: (line: string) => { process.stdout.write(`${line}\n`); },
  complain: (line: string) => { process.stderr.write(`${line}\n`); },
};

runEngine(process.argv.slice(2), host).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    process.stderr.write(`The command stopped on a fault of its own: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);

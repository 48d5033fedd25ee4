import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files through which a step speaks to its job. */
export class CommandFiles {
  /** Empty files in a folder of the step's own. */
  static async in(folder: string): Promise<CommandFiles> {
    const files = new CommandFiles(folder);
    await Promise.all(Object.values(files.environment).map(async (file) => writeFile(file, '')));
    return files;
  }

  readonly environment: Readonly<Record<string, string>>;

  private constructor(folder: string) {
    this.environment = {
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_ENV: join(folder, 'environment'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    };
  }

  async outputs(): Promise<Readonly<Record<string, string>>> {
    return assignments(await this.read('GITHUB_OUTPUT'));
  }

  async exported(): Promise<Readonly<Record<string, string>>> {
    return assignments(await this.read('GITHUB_ENV'));
  }

  async summary(): Promise<string> {
    return this.read('GITHUB_STEP_SUMMARY');
  }

  private async read(name: string): Promise<string> {
    return readFile(this.environment[name] ?? '', 'utf8');
  }
}

/** Lines `name=value`, and values of several lines between `name<<WORD` and WORD. */
function assignments(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, block, end] = /^([\w-]+)<<(.+)$/.exec(line) ?? [];
    const [, name, value] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
    if (block !== undefined && end !== undefined) {
      values[block] = takeUntil(lines, end);
    } else if (name !== undefined && value !== undefined) {
      values[name] = value;
    } else if (line !== '') {
      throw new Error(
        `Reading a step's outputs failed at "${line}": it is not name=value. Look at what the step writes to `
          + 'GITHUB_OUTPUT or GITHUB_ENV.',
      );
    }
  }
  return values;
}

function takeUntil(lines: string[], end: string): string {
  const stop = lines.indexOf(end);
  if (stop < 0) {
    throw new Error(
      `Reading a step's outputs failed: the line ${end} that ends a value is missing. Look at what the step writes `
        + 'to GITHUB_OUTPUT or GITHUB_ENV.',
    );
  }
  const taken = lines.splice(0, stop + 1);
  return taken.slice(0, -1).join('\n');
}

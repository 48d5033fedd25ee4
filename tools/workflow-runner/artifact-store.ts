import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ActionFailure } from './actions/action-failure';

/** Where runs keep artifacts: `<folder>/<run>/<name>/`. */
export class ArtifactStore {
  constructor(readonly folder: string) {}

  async put(run: string, name: string, source: string, overwrite: boolean): Promise<void> {
    const target = join(this.folder, run, checkedName(name));
    if (existsSync(target)) {
      if (!overwrite) {
        throw new ActionFailure(
          `Storing the artifact ${name} failed: the run ${run} has one of this name. Allow overwriting, or name it `
            + 'otherwise.',
        );
      }
      await rm(target, { recursive: true });
    }
    await mkdir(target, { recursive: true });
    await cp(source, (await stat(source)).isDirectory() ? target : join(target, basename(source)), { recursive: true });
  }

  async get(run: string, name: string, target: string): Promise<void> {
    const source = join(this.folder, run, checkedName(name));
    if (!existsSync(source)) {
      throw new ActionFailure(
        `Fetching the artifact ${name} failed: the run ${run} keeps none of this name. Look at the job that stores it.`,
      );
    }
    await mkdir(target, { recursive: true });
    await cp(source, target, { recursive: true });
  }

  /** Names with the time at which each was stored, in milliseconds since 1970. */
  async list(run: string): Promise<ReadonlyArray<{ readonly name: string; readonly storedAt: number }>> {
    const folder = join(this.folder, run);
    const names = existsSync(folder) ? await readdir(folder) : [];
    return Promise.all(names.map(async (name) => ({ name, storedAt: (await stat(join(folder, name))).birthtimeMs })));
  }
}

/** GitHub refuses these signs too. */
function checkedName(name: string): string {
  if (name === '' || /["<>|:*?\r\n\\/]/.test(name)) {
    throw new ActionFailure(
      `Naming an artifact ${JSON.stringify(name)} failed: GitHub takes no such name. Look at the expression that `
        + 'makes it.',
    );
  }
  return name;
}

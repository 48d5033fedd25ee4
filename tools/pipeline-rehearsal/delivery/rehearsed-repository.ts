import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputOf, runProgram } from '../../run-program';
import type { HostedCommits } from '../../workflow-runner/hosting/hosting-state';

/** Changes a file's text. */
export interface InjectedChange {
  readonly file: string;
  change(text: string): string;
}

/** Settings of the machine's git must not change what is rehearsed. */
const IDENTITY = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Rehearsal',
  GIT_AUTHOR_EMAIL: 'rehearsal@example.com',
  GIT_COMMITTER_NAME: 'Rehearsal',
  GIT_COMMITTER_EMAIL: 'rehearsal@example.com',
};

export interface RepositoryOptions {
  readonly projectFolder: string;
  /** An empty folder for it. */
  readonly folder: string;
  readonly branches: readonly string[];
  /** Where git is found. */
  readonly path: string;
}

/**
 * A repository of its own with the project as it lies there, uncommitted changes included. Jobs clone it; the project
 * is only read.
 */
export class RehearsedRepository {
  static async of({ projectFolder, folder, branches, path }: RepositoryOptions): Promise<RehearsedRepository> {
    const repository = new RehearsedRepository(folder, path);
    for (const file of await projectFiles(projectFolder)) {
      await cp(join(projectFolder, file), join(folder, file), { verbatimSymlinks: true });
    }
    const [first = 'main', ...others] = branches;
    await repository.git('init', '--quiet', '--initial-branch', first);
    await repository.commit('The project as it is');
    for (const branch of others) await repository.git('branch', branch);
    return repository;
  }

  private constructor(readonly folder: string, private readonly path: string) {}

  /** What GitHub would know of the commits. */
  get commits(): HostedCommits {
    const succeeds = async (...words: string[]) => {
      const { code, stdout } = await runProgram('git', words, {
        folder: this.folder, environment: { ...IDENTITY, PATH: this.path },
      });
      return code === 0 ? stdout.trim() : undefined;
    };
    return {
      head: async (branch) => succeeds('rev-parse', '--verify', '--quiet', `refs/heads/${branch}`),
      isAncestor: async (commit, of) => await succeeds('merge-base', '--is-ancestor', commit, of) !== undefined,
      beyond: async (base, head) => (await succeeds('rev-list', '--reverse', '--parents', `${base}..${head}`) ?? '')
        .split('\n').filter((line) => line !== '').map((line) => {
          const [sha = '', ...parents] = line.split(' ');
          return { sha, parents: parents.length };
        }),
    };
  }

  async head(branch: string): Promise<string> {
    return this.git('rev-parse', branch);
  }

  async tree(branch: string): Promise<string> {
    return this.git('rev-parse', `${branch}^{tree}`);
  }

  /**
   * Commits changes of files to a branch. A change that changes nothing is refused, because a rehearsal with it would
   * show nothing.
   */
  async inject(branch: string, changes: readonly InjectedChange[]): Promise<void> {
    await this.git('checkout', '--quiet', branch);
    for (const { file, change } of changes) {
      const path = join(this.folder, file);
      const before = existsSync(path) ? await readFile(path, 'utf8') : '';
      const after = change(before);
      if (after === before) {
        throw new Error(
          `Injecting a change into ${file} failed: the text that it changes is not there any more. Correct `
            + 'tools/pipeline-rehearsal/delivery/injected-changes.ts.',
        );
      }
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, after);
    }
    await this.commit(`Changes ${changes.map(({ file }) => file).join(', ')}`);
  }

  async merge(from: string, into: string): Promise<void> {
    await this.git('checkout', '--quiet', into);
    await this.git('merge', '--quiet', '--no-ff', '--message', `Merge ${from}`, from);
  }

  /** Takes a branch back to an earlier commit. */
  async reset(branch: string, commit: string): Promise<void> {
    await this.git('checkout', '--quiet', branch);
    await this.git('reset', '--quiet', '--hard', commit);
  }

  private async commit(message: string): Promise<void> {
    await this.git('add', '--all', '--force');
    await this.git('commit', '--quiet', '--message', message);
  }

  private async git(...words: string[]): Promise<string> {
    return (
      await outputOf('git', words, { folder: this.folder, environment: { ...IDENTITY, PATH: this.path } })
    ).trim();
  }
}

async function projectFiles(projectFolder: string): Promise<readonly string[]> {
  const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const listed = await outputOf('git', words, { folder: projectFolder }).catch((cause: unknown) => {
    throw new Error(
      `Listing the project's files failed: ${projectFolder} is not a git checkout. Clone the repository and `
        + 'rehearse in the clone.',
      { cause },
    );
  });
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(projectFolder, file)));
}

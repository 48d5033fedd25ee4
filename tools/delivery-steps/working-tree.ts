import { outputOf } from '../run-program';

/** Files that differ from the commit, untracked ones included, as git lists them. */
export async function changedFiles(folder: string): Promise<readonly string[]> {
  const status = await outputOf('git', ['status', '--porcelain', '--untracked-files=all'], { folder });
  return status.split('\n').filter((line) => line !== '').map((line) => line.slice(3));
}

/** The hash of the commit's tree: the same for the same content, whatever the branch and the history. */
export async function treeHash(folder: string): Promise<string> {
  return (await outputOf('git', ['rev-parse', 'HEAD^{tree}'], { folder })).trim();
}

/** The commit that is checked out. */
export async function headCommit(folder: string): Promise<string> {
  return (await outputOf('git', ['rev-parse', 'HEAD'], { folder })).trim();
}

/** A build must leave the checkout as it was: what it changed was edited by hand, or not generated anew. */
export async function refuseChangedFiles(folder: string): Promise<void> {
  const changed = await changedFiles(folder);
  if (changed.length === 0) return;
  throw new Error(
    `Checking the generated files failed: the build changed ${listed(changed)}. Run npx projen build, commit what `
      + 'it writes and push again; a generated file is changed through .projenrc.ts.',
  );
}

function listed(files: readonly string[]): string {
  const shown = files.slice(0, 10).join(', ');
  return files.length > 10 ? `${shown} and ${files.length - 10} more files` : shown;
}

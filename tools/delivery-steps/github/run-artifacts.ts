import { z } from 'zod';
import type { GitHubApi } from './api';

const artifacts = z.object({
  artifacts: z.array(z.object({ name: z.string(), expired: z.boolean(), created_at: z.string() })),
});

/** A sealed assembly that a run keeps. Its artifact's name carries what its content must match. */
export interface KeptAssembly {
  readonly run: string;
  readonly artifact: string;
  readonly tree: string;
  readonly digest: string;
  readonly createdAt: string;
}

/**
 * Sealed assemblies of a run under names like `<prefix>-<tree>-<digest>`, the youngest first; those that GitHub has
 * removed are left out.
 */
export async function keptAssemblies(github: GitHubApi, run: number, prefix: string): Promise<readonly KeptAssembly[]> {
  const name = new RegExp(`^${prefix}-([0-9a-f]{40}(?:[0-9a-f]{24})?)-([0-9a-f]{64})$`);
  const list = await github.get(`/actions/runs/${run}/artifacts?per_page=100`, artifacts);
  return list.artifacts
    .flatMap((artifact) => {
      const [, tree, digest] = name.exec(artifact.name) ?? [];
      if (artifact.expired || tree === undefined || digest === undefined) return [];
      return [{ run: String(run), artifact: artifact.name, tree, digest, createdAt: artifact.created_at }];
    })
    .sort(youngestFirst);
}

export function youngestFirst(one: KeptAssembly, other: KeptAssembly): number {
  return other.createdAt.localeCompare(one.createdAt);
}

/** What later steps of the workflow receive. */
export function outputsOf({ run, artifact, tree, digest }: KeptAssembly): Record<string, string> {
  return { run, artifact, tree, digest };
}

import { z } from 'zod';
import type { GitHubApi } from './api';

const comparison = z.object({
  commits: z.array(z.object({ sha: z.string(), parents: z.array(z.unknown()) })).default([]),
});

export interface Squash {
  /** The branch that releases. */
  readonly release: string;
  /** The branch whose pushes are tested. */
  readonly delivery: string;
  readonly commit: string;
}

/**
 * Commits of a release that are no merges and that the tested branch does not have, as a squash or a rebase leaves
 * them: from then on both branches have another history, and each release conflicts with the one before.
 */
export async function squashedCommits(github: GitHubApi, { delivery, commit }: Squash): Promise<readonly string[]> {
  const path = `/compare/${encodeURIComponent(delivery)}...${commit}?per_page=100`;
  const compared = await github.find(path, comparison);
  return (compared?.commits ?? []).filter(({ parents }) => parents.length < 2).map(({ sha }) => sha.slice(0, 7));
}

/**
 * Brings the histories together again. What both branches changed stays as the tested branch has it; a change that is
 * on the released branch alone is kept, and is tested before it is released.
 */
export function joinHistories({ release, delivery }: Pick<Squash, 'release' | 'delivery'>): readonly string[] {
  return [
    'git fetch origin',
    `git switch --create join-${release} origin/${delivery}`,
    `git merge --strategy-option ours --message 'Join ${release}' origin/${release}`,
    `git push --set-upstream origin join-${release}`,
  ];
}

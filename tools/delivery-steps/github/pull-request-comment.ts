import { z } from 'zod';
import type { GitHubApi } from './api';
import { hasMark, marked, OWN_LOGIN } from './marked-text';

const comments = z.array(
  z.object({ id: z.number(), body: z.string().nullish(), user: z.object({ login: z.string() }).nullable() }),
);

const MARK = 'infrastructure difference';
const MOST_PAGES = 10;

/** Keeps one comment on the pull request: a second run changes it instead of adding another. */
export async function commentOnPullRequest(github: GitHubApi, pullRequest: string, text: string): Promise<void> {
  if (!/^\d+$/.test(pullRequest)) {
    throw new Error(
      `Commenting on the pull request failed: ${JSON.stringify(pullRequest)} is not a number. Look at the event `
        + 'that started the workflow.',
    );
  }
  const own = await findOwn(github, pullRequest);
  const body = marked(MARK, text);
  if (own === undefined) await github.send('POST', `/issues/${pullRequest}/comments`, { body });
  else await github.send('PATCH', `/issues/comments/${own}`, { body });
}

async function findOwn(github: GitHubApi, pullRequest: string): Promise<number | undefined> {
  for await (const page of github.pages(`/issues/${pullRequest}/comments`, comments, MOST_PAGES)) {
    const own = page.find((comment) => comment.user?.login === OWN_LOGIN && hasMark(MARK, comment.body));
    if (own) return own.id;
    if (page.length < 100) return undefined;
  }
  return undefined;
}

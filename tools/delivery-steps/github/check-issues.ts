import { z } from 'zod';
import type { CheckReport } from '../nightly/check-report';
import type { GitHubApi } from './api';
import { hasMark, marked, OWN_LOGIN } from './marked-text';

const issues = z.array(
  z.object({ number: z.number(), body: z.string().nullish(), user: z.object({ login: z.string() }).nullable() }),
);

type OpenIssue = z.infer<typeof issues>[number];

const MOST_PAGES = 10;

/**
 * Keeps one open issue a check: opened when it finds something, brought up to date each time, closed when all is well
 * again.
 */
export async function keepOneIssueEach(
  github: GitHubApi,
  reports: ReadonlyMap<string, CheckReport>,
): Promise<readonly string[]> {
  const open = await ownIssues(github);
  const lines: string[] = [];
  for (const [check, report] of reports) {
    const issue = open.find(({ body }) => hasMark(check, body));
    lines.push(`${check}: ${await keepOne(github, check, report, issue)}`);
  }
  return lines;
}

async function keepOne(
  github: GitHubApi,
  check: string,
  report: CheckReport,
  issue: OpenIssue | undefined,
): Promise<string> {
  switch (report.state) {
    case 'unknown':
      return `could not look (${report.body})`;
    case 'clean':
      if (!issue) return 'clean';
      await github.send('PATCH', `/issues/${issue.number}`, {
        state: 'closed',
        state_reason: 'completed',
        body: marked(check, `${report.body}\n\nAll is well again, so this issue closed itself.`),
      });
      return `clean again, closed issue ${issue.number}`;
    case 'found': {
      const content = { title: report.title, body: marked(check, report.body) };
      if (issue) await github.send('PATCH', `/issues/${issue.number}`, content);
      else await github.send('POST', '/issues', content);
      return issue ? `brought issue ${issue.number} up to date` : 'opened an issue';
    }
  }
}

async function ownIssues(github: GitHubApi): Promise<readonly OpenIssue[]> {
  const found: OpenIssue[] = [];
  for await (const page of github.pages('/issues?state=open', issues, MOST_PAGES)) {
    found.push(...page.filter(({ user }) => user?.login === OWN_LOGIN));
    if (page.length < 100) break;
  }
  return found;
}

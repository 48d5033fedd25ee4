import type { CheckReport } from './check-report';

/** Says how the build went on a version of Node.js; `outcome` is GitHub's word for a step's end. */
export function reportSuite(node: string, outcome: string): CheckReport {
  const title = `The build fails on Node.js ${node}`;
  if (outcome === 'success') return { title, state: 'clean', body: `Build, lint and tests pass on Node.js ${node}.` };
  if (outcome !== 'failure') return { title, state: 'unknown', body: `The build on Node.js ${node} ended as ${outcome}.` };
  return {
    title,
    state: 'found',
    body: `Build, lint or a test fails on Node.js ${node} from the lock file of this commit: see the job's log. Repeat it `
      + `with \`npx -p node@${node} -- npx projen build\`.`,
  };
}

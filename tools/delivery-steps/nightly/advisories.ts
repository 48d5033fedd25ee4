import { z } from 'zod';
import type { CheckReport } from './check-report';

const weakness = z.looseObject({ title: z.string(), url: z.string(), severity: z.string() });
const vulnerable = z.looseObject({
  name: z.string(),
  severity: z.string(),
  /** Advisories, or names of packages that pass theirs on. */
  via: z.array(z.union([weakness, z.string()])),
  /** Folders where it is installed. */
  nodes: z.array(z.string()).default([]),
  fixAvailable: z.union([z.boolean(), z.looseObject({ name: z.string(), version: z.string() })]).optional(),
});
const answer = z.looseObject({ vulnerabilities: z.record(z.string(), vulnerable) });

type Vulnerable = z.infer<typeof vulnerable>;

const TITLE = 'Packages have known weaknesses';

/**
 * Reports what `npm audit --json` answered. `shipped` holds the folders of packages that are in a function's bundle;
 * `undefined` as the answer stands for a registry that has none.
 */
export function reportAdvisories(audit: string, shipped: ReadonlySet<string>): CheckReport {
  const parsed = answer.safeParse(parseJson(audit));
  if (!parsed.success) {
    return { title: TITLE, state: 'unknown', body: 'The registry did not answer `npm audit`: nothing is known of weaknesses.' };
  }
  const found = Object.values(parsed.data.vulnerabilities).filter(({ via }) => via.some((one) => typeof one !== 'string'));
  if (found.length === 0) return { title: TITLE, state: 'clean', body: 'The registry knows no weakness of any package.' };
  const isShipped = ({ nodes }: Vulnerable) => nodes.some((node) => shipped.has(node));
  const ours = found.filter(isShipped);
  const others = found.filter((one) => !isShipped(one));
  return {
    title: TITLE,
    state: 'found',
    body: [
      ...(ours.length > 0 ? ['**In the functions that are deployed:**', table(ours)] : ['None is in a function that is deployed.']),
      ...(others.length > 0 ? ['On our machines and runners only:', table(others)] : []),
      'Take the newest versions that the ranges allow with `npx projen upgrade`, or raise a range in `.projenrc.ts`.',
    ].join('\n\n'),
  };
}

function table(rows: readonly Vulnerable[]): string {
  const lines = rows.flatMap(({ name, via, fixAvailable }) => via.flatMap((one) => typeof one === 'string' ? [] : [
    `| \`${plain(name)}\` | ${plain(one.severity)} | ${plain(one.title)} ${plain(one.url)} | ${remedy(fixAvailable)} |`,
  ]));
  return ['| package | severity | weakness | mended by |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function remedy(fix: Vulnerable['fixAvailable']): string {
  if (fix === undefined || fix === false) return 'nothing yet';
  return fix === true ? 'an upgrade within the ranges' : `\`${plain(fix.name)}\` ${plain(fix.version)}`;
}

/** Words of strangers: they can neither break the table nor mention people. */
function plain(text: string): string {
  return text.replace(/[|`\r\n<>[\]@]/g, ' ').trim();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

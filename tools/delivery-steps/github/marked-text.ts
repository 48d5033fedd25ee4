/** Longest body that GitHub takes for a comment or an issue, in characters. */
const LONGEST_BODY = 65_536;

const CUT = '\n\n… The rest is too long for GitHub: see the summary of the job.';

/** Whose texts may be changed: any person can paste a mark. */
export const OWN_LOGIN = 'github-actions[bot]';

/** A text that is found again by its mark, which no reader sees. */
export function marked(mark: string, text: string): string {
  const head = `${markOf(mark)}\n`;
  if (head.length + text.length <= LONGEST_BODY) return head + text;
  return head + text.slice(0, LONGEST_BODY - head.length - CUT.length) + CUT;
}

export function hasMark(mark: string, body: string | null | undefined): boolean {
  return body?.startsWith(markOf(mark)) ?? false;
}

function markOf(mark: string): string {
  return `<!-- delivery-pipeline: ${mark} -->`;
}

/** A stretch of a text between what stands around it. */
export interface Excerpt {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

/** Characters of a long text that are shown on either side. */
const AROUND = 60;

/** The part of a text that a stretch stands in: facts may be as long as a CV. */
export function excerptOf(text: string, start: number, end: number): Excerpt {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, end + AROUND);
  return {
    before: `${from > 0 ? '…' : ''}${text.slice(from, start)}`,
    words: text.slice(start, end),
    after: `${text.slice(end, to)}${to < text.length ? '…' : ''}`,
  };
}

export type Facts = ReadonlyArray<{ readonly path: string; readonly value: string }>;

/** A fact's text by its path; of a section, such as an amount with its currency, that of each fact in it. */
export function factText(
  facts: Facts, path: string,
): { readonly text: string; readonly isSection: boolean } | undefined {
  const leaf = facts.find((fact) => fact.path === path);
  if (leaf) return { text: leaf.value, isSection: false };
  const within = facts.filter((fact) => fact.path.startsWith(`${path}.`));
  const text = within.map((fact) => `${fact.path.slice(path.length + 1)}: ${fact.value}`).join(', ');
  return within.length === 0 ? undefined : { text, isSection: true };
}

/** What became of a value, in words and by colour. */
interface ShownVerdict {
  readonly text: string;
  readonly color: 'green' | 'blue' | 'grey' | 'red';
}

const VERDICTS: Readonly<Record<string, ShownVerdict>> = {
  copied: { text: 'copied', color: 'grey' },
  proved: { text: 'proved', color: 'green' },
  repaired: { text: 'proved at the second try', color: 'green' },
  fallback: { text: "the template's own words", color: 'blue' },
};

export const REFUSED: ShownVerdict = { text: 'refused', color: 'red' };

/** Undefined for a value that is not judged. */
export function shownVerdict(verdict: string): ShownVerdict | undefined {
  return verdict === 'refused' ? REFUSED : VERDICTS[verdict];
}

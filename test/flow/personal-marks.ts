/** Something that was written down: a log line, a queue body, an answer, a printed page. */
export interface Written {
  readonly origin: string;
  readonly text: string;
}

/** A mark that was found where it must not be. */
export interface Leak {
  readonly origin: string;
  readonly mark: string;
  readonly excerpt: string;
}

/**
 * Finds marked data in what was written, also in the disguises in which data travels: percent-encoded, in base64, in
 * another letter case, without the plus.
 */
export function leaks(written: readonly Written[], marks: readonly string[]): readonly Leak[] {
  const disguises = marks.map((mark) => ({ mark, forms: disguisesOf(mark) }));
  return written.flatMap(({ origin, text }) => {
    const lower = text.toLowerCase();
    return disguises.flatMap(({ mark, forms }) => {
      const form = forms.find((each) => (each.exact ? text.includes(each.text) : lower.includes(each.text)));
      if (!form) return [];
      const at = (form.exact ? text : lower).indexOf(form.text);
      return [{ origin, mark, excerpt: text.slice(Math.max(0, at - 60), at + 60) }];
    });
  });
}

function disguisesOf(mark: string): ReadonlyArray<{ readonly text: string; readonly exact: boolean }> {
  const plain = mark.replace(/^\+/, '').toLowerCase();
  return [
    { text: plain, exact: false },
    { text: encodeURIComponent(mark).toLowerCase(), exact: false },
    ...[0, 1, 2].map((shift) => ({ text: inBase64(mark, shift), exact: true })),
  ];
}

/**
 * The part of the base64 text that does not depend on what stands around the mark, which begins `shift` bytes into a
 * group of three.
 */
function inBase64(mark: string, shift: number): string {
  const bytes = Buffer.from('\0'.repeat(shift) + mark, 'utf8');
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
  return whole.toString('base64').slice(shift === 0 ? 0 : 4);
}

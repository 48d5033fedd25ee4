/** Colours of a whole line, for what its words say already: nothing is told by colour alone. */
export interface Paint {
  readonly good: (line: string) => string;
  readonly warning: (line: string) => string;
  readonly bad: (line: string) => string;
}

/**
 * Stand for a colour until the line was made safe to show, which would take the terminal's own sequences for foreign
 * ones. Unicode keeps these characters for such uses; texts never hold them.
 */
const MARKS = { good: '\ufdd1', warning: '\ufdd2', bad: '\ufdd3' } as const;

const SEQUENCES: Readonly<Record<string, string>> = {
  [MARKS.good]: '\u001b[32m',
  [MARKS.warning]: '\u001b[33m',
  [MARKS.bad]: '\u001b[31m',
};

const PLAIN = '\u001b[39m';

export const PAINT: Paint = {
  good: (line) => MARKS.good + line,
  warning: (line) => MARKS.warning + line,
  bad: (line) => MARKS.bad + line,
};

/** The terminal's sequences around each line that begins with a mark; without colour, the line alone. */
export function coloured(text: string, { colour = false }: { readonly colour?: boolean }): string {
  return text.split('\n').map((line) => {
    const plain = line.replace(/[\ufdd1-\ufdd3]/g, '');
    const sequence = colour ? SEQUENCES[line.slice(0, 1)] : undefined;
    return sequence === undefined ? plain : sequence + plain + PLAIN;
  }).join('\n');
}

/** Where an entry point writes; injected, so that its pages can be tested. */
export type Print = (line: string) => void;

/** Plain text: colour only on a terminal that wants it. */
export function palette(isColoured: boolean) {
  const paint = (code: number) => (text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(1), dim: paint(2), red: paint(31), green: paint(32), cyan: paint(36) };
}

export type Palette = ReturnType<typeof palette>;

/** Breaks words at the width and keeps the text's own lines. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (longer.length <= width || current === '') {current = longer;} else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current];
}

/** A text in a frame with a heading, as a phone or a mail program would show it. */
export function frame(heading: string, text: string, width: number): readonly string[] {
  const inner = width - 4;
  const body = wrap(text, inner).map((line) => `│ ${line.padEnd(inner)} │`);
  return [
    `┌─ ${heading} ${'─'.repeat(Math.max(0, width - heading.length - 5))}┐`,
    ...body,
    `└${'─'.repeat(width - 2)}┘`,
  ];
}

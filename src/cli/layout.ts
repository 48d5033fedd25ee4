import { DEFAULT_COLUMNS } from './output';

/** A moment as moments.ts writes it: it stays on one line. */
const MOMENT = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ(?:, in [\d.]+ \w+|, [\d.]+ \w+ ago)?/g;

/** Stands for a space that is not a place to break at. Unicode keeps it for such uses; texts never hold it. */
const UNBREAKABLE = '\ufdd0';

/** Breaks a text between words, so that no line is wider than the terminal; a longer word has a line of its own. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.replace(MOMENT, (moment) => moment.replaceAll(' ', UNBREAKABLE)).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => line.replaceAll(UNBREAKABLE, ' '));
}

const LABEL = 10;

/** A named value; what does not fit on the line goes on below the value. */
export function field(name: string, value: string, columns = DEFAULT_COLUMNS): readonly string[] {
  return wrap(value, Math.max(NARROWEST, columns - LABEL))
    .map((line, index) => `${(index === 0 ? name : '').padEnd(LABEL)}${line}`);
}

/** Fewest columns that a cell is folded into. */
const NARROWEST = 20;

/** Rows with their columns aligned; the last cell goes on below itself, or below the row where there is no room. */
export function table(rows: ReadonlyArray<readonly string[]>, columns = DEFAULT_COLUMNS): readonly string[] {
  const widths = rows.reduce<readonly number[]>((known, row) => (
    row.map((cell, index) => Math.max(known[index] ?? 0, [...cell].length))
  ), []);
  return rows.flatMap((row) => {
    const last = row.at(-1) ?? '';
    const before = row
      .slice(0, -1)
      .map((cell, index) => `${cell}${' '.repeat((widths[index] ?? 0) - [...cell].length)}  `)
      .join('');
    if (before.length + [...last].length <= columns) return [before + last];
    const room = columns - before.length;
    if (room < NARROWEST) {
      return [before.trimEnd(), ...wrap(last, columns - INDENT.length).map((line) => INDENT + line)];
    }
    return wrap(last, room).map((line, index) => (index === 0 ? before : ' '.repeat(before.length)) + line);
  });
}

/** What belongs to the line above it is set in. */
export const INDENT = '  ';

/** A text of several lines, each below the other and set in. */
export function indent(text: string): readonly string[] {
  return text.split('\n').map((line) => INDENT + line);
}

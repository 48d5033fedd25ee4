import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What people read and type from; decisions tell what once was. */
export const PAGES: readonly string[] = [
  'README.md', 'CONTRIBUTING.md', 'SECURITY.md',
  ...readdirSync('docs').filter((name) => name.endsWith('.md')).map((name) => join('docs', name)),
];

export interface PageLine {
  readonly page: string;
  /** As it stands there, from the program's name on, without a remark. */
  readonly line: string;
}

/** The lines of a page that begin with a program: of its code blocks, and of code within a sentence. */
export function linesOf(page: string, program: string): readonly PageLine[] {
  const text = readFileSync(page, 'utf8').replace(/\\\n\s*/g, ' ');
  const blocks = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const lines = [...blocks, ...inline].flatMap((one) => commandsIn(one, program));
  return [...new Set(lines)].map((line) => ({ page, line }));
}

/** Commands of one program in a line of a shell, however many stand there. */
function commandsIn(line: string, program: string): readonly string[] {
  return parts(line)
    .map((part) => part.replace(/^\s*(?:\$ )?(?:\w+\(\)\s*\{\s*)?(?:[A-Z_]+=\S+\s+)*/, '').trim())
    .filter((part) => part.startsWith(`${program} `));
}

/** Splits a line where a shell ends a command: at `;`, `|` and `&&` outside of quotes and parentheses, at a remark. */
function parts(line: string): readonly string[] {
  const found = [''];
  let quote = '';
  let depth = 0;
  for (const [index, sign] of [...line].entries()) {
    const isOpen = quote === '' && depth === 0;
    if (isOpen && sign === '#' && /\s/.test(line[index - 1] ?? ' ')) break;
    if (isOpen && /[;|&]/.test(sign)) {
      found.push('');
      continue;
    }
    if (quote === '' && sign === '(') depth += 1;
    if (quote === '' && sign === ')') depth -= 1;
    if (sign === quote) quote = '';
    else if (quote === '' && /['"]/.test(sign)) quote = sign;
    found.push(`${found.pop() ?? ''}${sign}`);
  }
  return found;
}

/** The words of a line, up to a redirection; `…` leaves something out. */
export function wordsOf(line: string): readonly string[] {
  return [...line.replace(/\s[<>]\s.*$/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)]
    .map(([, single, double, bare]) => single ?? double ?? bare ?? '');
}

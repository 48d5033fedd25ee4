import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runEngine } from '../../src/cli/engine-program';
import { openStage } from '../../src/cli/stage';
import * as cloud from '../../src/cli/stage-cloud';

const ENGINE = 'npx projen engine -- ';

/** One part of a page: text that stays, or a line that is run and what it printed. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'event'; readonly line: string }
  | { readonly kind: 'command'; readonly line: string; readonly printed: readonly string[] };

/** Takes a page apart: within `console` blocks, `$` begins what is typed and `#` what happens meanwhile. */
export function partsOf(page: string): readonly Part[] {
  const parts: Part[] = [];
  let inside = false;
  for (const line of page.split('\n')) {
    const last = parts.at(-1);
    if (line.startsWith('```')) {
      inside = line === '```console';
      parts.push({ kind: 'text', text: line });
    } else if (!inside) {
      parts.push({ kind: 'text', text: line });
    } else if (line.startsWith('$ ')) {
      parts.push({ kind: 'command', line: line.slice(2), printed: [] });
    } else if (line.startsWith('# ')) {
      parts.push({ kind: 'event', line: line.slice(2) });
    } else if (last?.kind === 'command') {
      parts[parts.length - 1] = { ...last, printed: [...last.printed, line] };
    } else {
      throw new Error(`The page has a line in a transcript that nothing printed: ${line}`);
    }
  }
  return parts;
}

export function pageOf(parts: readonly Part[]): string {
  return parts.flatMap((part) => {
    if (part.kind === 'text') return [part.text];
    return part.kind === 'event' ? [`# ${part.line}`] : [`$ ${part.line}`, ...part.printed];
  }).join('\n');
}

/**
 * Runs a line in a folder as a shell would: the engine in this process, all else in a real shell. Answers what appears
 * on the terminal.
 */
export async function runLine(line: string, folder: string): Promise<readonly string[]> {
  const [before, call] = split(line);
  if (call === undefined) return lines(execFileSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' }));
  const { words, from, to, hidesComplaints } = redirected(call);
  const piped =
    before !== undefined
      ? execFileSync('bash', ['-c', before], { cwd: folder, encoding: 'utf8' })
      : from === undefined
        ? undefined
        : readFileSync(join(folder, from), 'utf8');
  const terminal: string[] = [];
  const file: string[] = [];
  const here = process.cwd();
  process.chdir(folder);
  try {
    await runEngine(words, {
      projectFolder: folder,
      operator: 'sam',
      openStage: (name) => openStage(name, folder, () => Promise.resolve(cloud)),
      print: (text) => { (to === undefined ? terminal : file).push(...text.split('\n')); },
      printError: (text) => { if (!hidesComplaints) terminal.push(...text.split('\n')); },
      ...(piped === undefined ? {} : { readInput: () => Promise.resolve(piped) }),
    });
  } finally {
    process.chdir(here);
  }
  if (to !== undefined) writeFileSync(join(folder, to), `${file.join('\n')}\n`);
  return terminal;
}

function split(line: string): readonly [string | undefined, string | undefined] {
  const at = line.indexOf(ENGINE);
  if (at < 0) return [undefined, undefined];
  const before = line.slice(0, at).trim().replace(/\|$/, '').trim();
  return [before === '' ? undefined : before, line.slice(at + ENGINE.length)];
}

function redirected(call: string) {
  const tokens = [...call.matchAll(/2>\/dev\/null|'[^']*'|"[^"]*"|[<>]|[^\s'"<>]+/g)].map(([token]) => token);
  const words: string[] = [];
  let from: string | undefined;
  let to: string | undefined;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (token === '<') from = tokens[(index += 1)];
    else if (token === '>') to = tokens[(index += 1)];
    else if (token !== '2>/dev/null') words.push(token.replace(/^(['"])(.*)\1$/, '$2'));
  }
  return { words, from, to, hidesComplaints: tokens.includes('2>/dev/null') };
}

function lines(text: string): readonly string[] {
  const trimmed = text.replace(/\n$/, '');
  return trimmed === '' ? [] : trimmed.split('\n');
}

/** Writes what differs from run to run as `…`. */
export function steady(printed: readonly string[]): readonly string[] {
  return printed.map((line) =>
    line
      .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z/g, (time) => (time.startsWith('2026-11-22') ? time : '…'))
      .replace(/\b(SM|MM)(?!0{8})[0-9a-f]{32}\b/g, '$1…')
      .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id) =>
        id.startsWith('00000000-') ? id : '…',
      )
      .replace(/\+\d+(\.\d+)? (s|min)\b/g, '+… s')
      .replace(/\b\d+(\.\d+)? s (of|old)\b/g, '… s $2')
      .replace(/, in \d+(\.\d+)? (s|min|h|days)\b/g, ', in …')
      .replace(/, \d+(\.\d+)? (s|min|h|days) ago\b/g, ', … ago')
      .replace(/ in \d+ s\b/g, ' in … s')
      .replace(/after \d+ seconds/g, 'after … seconds')
      .replace(/Tokens( +)\d+ \(\d+ in, \d+ out\)/, 'Tokens$1… (… in, … out)')
      .replace(/^( *)[0-9a-f]{12}(?= {2}working| is a key of)/, '$1…')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:…')
      .trimEnd(),
  );
}

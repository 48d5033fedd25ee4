import { foldText } from '../proof/claims/folded-text';
import type { ThreadLine } from '../core/ports/threads';

/** Milliseconds: no person reads an answer and writes the next message in less. */
const QUICK = 3_000;
const DAY = 24 * 60 * 60_000;

/** What shows that a program writes, or that words are repeated because nobody heard them. Oldest line first. */
export function findLoopSigns(
  lines: readonly ThreadLine[],
  now: number,
): { readonly sameText: number; readonly quickAnswers: number } {
  const inbound = lines.filter(({ role }) => role === 'user');
  const newest = plain(inbound.at(-1)?.content ?? '');
  const isRecent = ({ timestamp: at }: ThreadLine) => Date.parse(at) > now - DAY;
  return {
    sameText: inbound.filter((line) => isRecent(line) && plain(line.content) === newest).length,
    quickAnswers: quickInARow(lines.filter(isRecent)),
  };
}

/** Counted from the newest message backwards; further messages of the same burst say nothing. */
function quickInARow(lines: readonly ThreadLine[]): number {
  let quick = 0;
  for (let index = lines.length - 1; index > 0; index -= 1) {
    const [before, line] = [lines[index - 1], lines[index]];
    if (before?.role !== 'assistant' || line?.role !== 'user') continue;
    // Only what answers the engine tells of a loop: a first message may be read by chance.
    if (before.card === undefined || Date.parse(line.timestamp) - Date.parse(before.timestamp) >= QUICK) return quick;
    quick += 1;
  }
  return quick;
}

function plain(text: string): string {
  return foldText(text).toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
}

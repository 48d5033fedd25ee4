import { brotliCompressSync, constants } from 'node:zlib';
import type { Tables } from '../../src/proof/words/tables';
import { callingCodes } from './calling-codes';
import { englishWordFilter } from './english-words';
import { numberWordLists } from './number-words';
import { TABLES } from './tables';

const HEADER = '// Made by `npx projen word-lists` (tools/word-lists). Do not edit.';
/** Characters of a line of a long text. */
const LINE = 114;

/** The generated files of `src/proof/words` and their texts. */
export function wordListFiles(): Readonly<Record<string, string>> {
  return {
    'src/proof/words/english-words.ts': [
      HEADER,
      '',
      '/** Common English words (word-filter.ts), Base64. */',
      `export const ENGLISH_WORDS =\n${quoted(englishWordFilter())};`,
      '',
    ].join('\n'),
    'src/proof/words/calling-codes.ts': [
      HEADER,
      '',
      '/** Country calling codes by the prefix of national numbers. */',
      'export const CALLING_CODES: Readonly<Record<string, string>> = {',
      ...Object.entries(callingCodes()).map(([prefix, codes]) => `  '${prefix}':\n${quoted(codes, 4)},`),
      '};',
      '',
    ].join('\n'),
    'src/proof/words/packed-tables.ts': [
      HEADER,
      '',
      '/** Words of many languages (tables.ts, tools/word-lists/tables): JSON, Brotli, Base64. */',
      `export const PACKED_TABLES =\n${quoted(packed())};`,
      '',
    ].join('\n'),
  };
}

function packed(): string {
  const numberWords = Object.fromEntries(
    Object.entries(numberWordLists())
      .map(([language, { atoms, pattern, exceptions, ambiguous }]) =>
        [language, [atoms, pattern, exceptions, ambiguous]]),
  );
  const all: Tables = { ...TABLES, numberWords };
  return brotliCompressSync(JSON.stringify(all), { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }).toString('base64');
}

function quoted(text: string, indent = 2): string {
  const lines = text.match(new RegExp(`.{1,${LINE}}`, 'gu')) ?? [''];
  const space = ' '.repeat(indent);
  return lines.map((line) => `${space}'${line.replace(/\\/g, '\\\\').replace(/'/g, '\\\'')}'`).join(' +\n');
}

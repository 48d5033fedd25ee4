import { callingCodes } from './calling-codes';
import { englishWordFilter } from './english-words';
import { numberWordLists } from './number-words';

const HEADER = '// Made by `npx projen word-lists` (tools/word-lists). Do not edit.';
/** Characters of a line of a long text. */
const LINE = 108;

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
    'src/proof/words/number-words-of-languages.ts': [
      HEADER,
      '',
      '/** Number words by language (tools/word-lists/number-words.ts describes the form). */',
      'export const NUMBER_WORDS_OF_LANGUAGES: Readonly<Record<string, readonly string[]>> = {',
      ...Object.entries(numberWordLists()).map(
        ([language, { atoms, pattern, exceptions, ambiguous }]) =>
          `  ${language}: [\n${quoted(atoms, 4)},\n    `
            + `'${pattern}',\n${quoted(exceptions, 4)},\n${quoted(ambiguous, 4)},\n  ],`,
      ),
      '};',
      '',
    ].join('\n'),
  };
}

function quoted(text: string, indent = 2): string {
  const lines = text.match(new RegExp(`.{1,${LINE}}`, 'gu')) ?? [''];
  const space = ' '.repeat(indent);
  return lines.map((line) => `${space}'${line.replace(/\\/g, '\\\\').replace(/'/g, '\\\'')}'`).join(' +\n');
}

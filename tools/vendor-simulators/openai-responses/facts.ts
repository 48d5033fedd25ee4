import { isJsonRecord, parseJson } from '../json-record';

/** One fact of the input: the steps of its path, and its text on one line. */
export interface Fact {
  readonly path: readonly string[];
  readonly text: string;
}

/** The facts in an input's first JSON block, in their order; lists of plain values count as one fact. */
export function readFacts(input: string): readonly Fact[] {
  const block = firstJsonBlock(input);
  return block === undefined ? [] : flatten([], block);
}

function flatten(path: readonly string[], value: unknown): readonly Fact[] {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value).replace(/\s+/g, ' ').trim();
    return text === '' ? [] : [{ path, text }];
  }
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item === 'string' || typeof item === 'number');
    return plain && value.length > 0
      ? [{ path, text: value.map((item) => String(item).replace(/\s+/g, ' ').trim()).join('; ') }]
      : value.flatMap((item, index) => flatten([...path, String(index)], item));
  }
  return isJsonRecord(value) ? Object.entries(value).flatMap(([key, inner]) => flatten([...path, key], inner)) : [];
}

function firstJsonBlock(input: string): unknown {
  for (let start = input.indexOf('{'); start >= 0; start = input.indexOf('{', start + 1)) {
    const end = endOfBlock(input, start);
    const block = end === undefined ? undefined : parseJson(input.slice(start, end));
    if (block !== undefined) return block;
  }
  return undefined;
}

/** Index after the brace that closes the one at `start`; braces inside JSON strings do not count. */
function endOfBlock(input: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < input.length; index += 1) {
    const character = input[index];
    if (quoted) {
      if (character === '\\') index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') {
      quoted = true;
    } else if (character === '{') {
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return undefined;
}

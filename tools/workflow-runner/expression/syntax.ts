/** The part of GitHub's expressions that the generated workflows use; anything else is an error that names it. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly words: readonly string[] }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression };

const BINARY_OPERATORS = ['||', '&&', '==', '!='] as const;

type BinaryOperator = (typeof BINARY_OPERATORS)[number];

const TOKEN = /\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)|(\|\||&&|==|!=|!|\(|\)))/y;

interface Token {
  readonly kind: 'string' | 'number' | 'name' | 'sign';
  readonly text: string;
}

export function parseExpression(text: string): Expression {
  const reader = new TokenReader(text, tokens(text));
  const expression = parseBinary(reader, 0);
  if (reader.next !== undefined) throw reader.fault();
  return expression;
}

/** Loosest first; each level takes the next one's expressions as operands. */
const LEVELS: ReadonlyArray<readonly BinaryOperator[]> = [['||'], ['&&'], ['==', '!=']];

function parseBinary(reader: TokenReader, level: number): Expression {
  const operators = LEVELS[level];
  if (!operators) return parseUnary(reader);
  let left = parseBinary(reader, level + 1);
  for (;;) {
    const operator = operators.find((sign) => reader.isSign(sign));
    if (!operator) return left;
    reader.take();
    left = { kind: 'binary', operator, left, right: parseBinary(reader, level + 1) };
  }
}

function parseUnary(reader: TokenReader): Expression {
  if (!reader.isSign('!')) return parsePrimary(reader);
  reader.take();
  return { kind: 'not', operand: parseUnary(reader) };
}

function parsePrimary(reader: TokenReader): Expression {
  if (reader.isSign('(')) {
    reader.take();
    const inner = parseBinary(reader, 0);
    reader.expect(')');
    return inner;
  }
  const token = reader.take();
  switch (token?.kind) {
    case 'string':
      return { kind: 'literal', value: token.text.slice(1, -1).replaceAll("''", "'") };
    case 'number':
      return { kind: 'literal', value: Number(token.text) };
    case 'name':
      return parseName(reader, token.text);
    default:
      throw reader.fault();
  }
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map([['true', true], ['false', false], ['null', null]]);

function parseName(reader: TokenReader, name: string): Expression {
  const word = WORDS.get(name);
  if (word !== undefined) return { kind: 'literal', value: word };
  if (!reader.isSign('(')) return { kind: 'path', words: name.split('.') };
  reader.take();
  reader.expect(')');
  return { kind: 'call', name };
}

function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const [, string, number, name, sign] = TOKEN.exec(text) ?? [];
    if (string !== undefined) found.push({ kind: 'string', text: string });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else throw new Error(`Reading the expression "${text}" failed at "${text.slice(start).trim()}": the local runner does not know this. Use what it knows, or teach it in tools/workflow-runner/expression.`);
  }
  return found;
}

class TokenReader {
  private position = 0;

  constructor(private readonly text: string, private readonly found: readonly Token[]) {}

  get next(): Token | undefined {
    return this.found[this.position];
  }

  isSign(sign: string): boolean {
    return this.next?.kind === 'sign' && this.next.text === sign;
  }

  take(): Token | undefined {
    const token = this.next;
    this.position += 1;
    return token;
  }

  expect(sign: string): void {
    if (!this.isSign(sign)) throw this.fault();
    this.take();
  }

  fault(): Error {
    return new Error(`Reading the expression "${this.text}" failed near "${this.next?.text ?? 'its end'}": the local runner does not know this. Use what it knows, or teach it in tools/workflow-runner/expression.`);
  }
}

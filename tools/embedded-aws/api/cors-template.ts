/**
 * What a mock integration's response template changes in its headers, given the request's headers by their exact names.
 */
export type CorsTemplate = (requestHeader: (name: string) => string) => Readonly<Record<string, string>>;

type Variables = Map<string, string>;
type Header = (name: string) => string;
type Expression = (variables: Variables, header: Header) => string;
type Condition = (variables: Variables) => boolean;

/** One line of the template; `depth` counts the conditions around it. */
type Statement =
  | { readonly kind: 'set'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'header'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'if'; readonly condition: Condition }
  | { readonly kind: 'end' };

/**
 * Reads the Velocity template that CDK writes for preflight requests with several allowed origins: `#set`, `#if` over
 * comparisons joined by `||`, and overrides of response headers. Anything else is an error that names it.
 */
export function readCorsTemplate(source: string, holder: string): CorsTemplate {
  const statements = source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => readStatement(line, holder));
  return (header) => run(statements, header);
}

function run(statements: readonly Statement[], header: Header): Readonly<Record<string, string>> {
  const variables: Variables = new Map();
  const overrides: Record<string, string> = {};
  const conditions: boolean[] = [];
  for (const statement of statements) {
    if (statement.kind === 'end') conditions.pop();
    else if (statement.kind === 'if') conditions.push(statement.condition(variables));
    else if (conditions.includes(false)) continue;
    else if (statement.kind === 'set') variables.set(statement.name, statement.value(variables, header));
    else overrides[statement.name] = statement.value(variables, header);
  }
  return overrides;
}

function readStatement(line: string, holder: string): Statement {
  if (line === '#end') return { kind: 'end' };
  const [, condition] = /^#if\((.+)\)$/.exec(line) ?? [];
  if (condition !== undefined) return { kind: 'if', condition: readCondition(condition, line, holder) };
  const [, target = '', value = ''] = /^#set\(\$([\w.-]+) = (.+)\)$/.exec(line) ?? [];
  const [, name] = /^context\.responseOverride\.header\.([\w-]+)$/.exec(target) ?? [];
  if (name !== undefined) return { kind: 'header', name, value: readExpression(value, line, holder) };
  if (/^\w+$/.test(target)) return { kind: 'set', name: target, value: readExpression(value, line, holder) };
  throw unsupported(line, holder);
}

function readCondition(text: string, line: string, holder: string): Condition {
  const comparisons = text.split(' || ').map((comparison) => {
    const [, name, literal] = /^\$(\w+) == "([^"$]*)"$/.exec(comparison) ?? [];
    if (name === undefined || literal === undefined) throw unsupported(line, holder);
    return (variables: Variables) => variables.get(name) === literal;
  });
  return (variables) => comparisons.some((holds) => holds(variables));
}

function readExpression(text: string, line: string, holder: string): Expression {
  const [, headerName] = /^\$input\.params\(\)\.header\.get\("([\w-]+)"\)$/.exec(text) ?? [];
  if (headerName !== undefined) return (_variables, header) => header(headerName);
  const [, variable] = /^\$(\w+)$/.exec(text) ?? [];
  if (variable !== undefined) return (variables) => variables.get(variable) ?? '';
  throw unsupported(line, holder);
}

function unsupported(line: string, holder: string): Error {
  return new Error(
    `Reading the response template of ${holder} failed: the embedded cloud runs only what CDK writes for CORS, not `
    + `"${line}". ` +
      'Change the stack, or add this line in tools/embedded-aws/api/cors-template.ts.',
  );
}

import type { Expression } from './syntax';
import { parseExpression } from './syntax';

export type Value = string | number | boolean | null;

/** How all went before the place where the expression stands; `skipped` where something needed did not run, and nothing failed. */
export type StatusSoFar = 'success' | 'failure' | 'skipped';

/** What an expression can refer to. */
export interface Scope {
  readonly status: StatusSoFar;
  /** Answers what stands behind the first word of a path (`needs.build.outputs.tree`), and throws where there is no such thing. */
  readonly contexts: Readonly<Record<string, ((words: readonly string[]) => Value) | undefined>>;
}

const STATUS_FUNCTIONS: Readonly<Record<string, ((status: StatusSoFar) => boolean) | undefined>> = {
  success: (status) => status === 'success',
  failure: (status) => status === 'failure',
  cancelled: () => false,
  always: () => true,
};

/** Replaces every `${{ … }}` in a text by its value. */
export function interpolate(text: string, scope: Scope): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_whole, inner: string) => asText(evaluate(parseExpression(inner), scope)));
}

/** Whether a step or a job runs: an `if` that asks for no status wants success too, as on GitHub. */
export function isMeant(condition: string | undefined, scope: Scope): boolean {
  if (condition === undefined) return scope.status === 'success';
  const expression = parseExpression(condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1'));
  return (asksForStatus(expression) || scope.status === 'success') && isTrue(evaluate(expression, scope));
}

function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path':
      return lookUp(expression.words, scope);
    case 'call':
      return call(expression.name, scope);
    case 'not':
      return !isTrue(evaluate(expression.operand, scope));
    case 'binary': {
      const left = evaluate(expression.left, scope);
      if (expression.operator === '||') return isTrue(left) ? left : evaluate(expression.right, scope);
      if (expression.operator === '&&') return isTrue(left) ? evaluate(expression.right, scope) : left;
      return isEqual(left, evaluate(expression.right, scope)) === (expression.operator === '==');
    }
  }
}

function lookUp(words: readonly string[], scope: Scope): Value {
  const [context = '', ...rest] = words;
  const read = Object.hasOwn(scope.contexts, context) ? scope.contexts[context] : undefined;
  if (!read) throw new Error(`Evaluating "${words.join('.')}" failed: there is no "${context}" here. The local runner knows ${Object.keys(scope.contexts).join(', ')}.`);
  return read(rest);
}

function call(name: string, scope: Scope): boolean {
  const status = Object.hasOwn(STATUS_FUNCTIONS, name) ? STATUS_FUNCTIONS[name] : undefined;
  if (!status) throw new Error(`Evaluating "${name}()" failed: the local runner does not know this function. It knows ${Object.keys(STATUS_FUNCTIONS).join(', ')}.`);
  return status(scope.status);
}

function asksForStatus(expression: Expression): boolean {
  switch (expression.kind) {
    case 'call':
      return true;
    case 'not':
      return asksForStatus(expression.operand);
    case 'binary':
      return asksForStatus(expression.left) || asksForStatus(expression.right);
    case 'literal':
    case 'path':
      return false;
  }
}

/** GitHub compares texts without regard to letter case. */
function isEqual(left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase();
  return left === right;
}

function isTrue(value: Value): boolean {
  return value !== null && value !== '' && value !== 0 && value !== false;
}

function asText(value: Value): string {
  return value === null ? '' : String(value);
}

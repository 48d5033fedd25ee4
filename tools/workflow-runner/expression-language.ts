import type * as Library from '@actions/expressions' with { 'resolution-mode': 'import' };
import { importEsModule } from '../embedded-aws/es-module';

/**
 * What stands behind a name: a value, or a function that finds what a further name stands for and throws for a name
 * that it does not know.
 */
export type Value = string | number | boolean | null | ((name: string) => Value);

/**
 * How all went before the place where the expression stands; `skipped` where something needed did not run, and nothing
 * failed.
 */
export type StatusSoFar = 'success' | 'failure' | 'skipped';

/** What an expression can refer to. */
export interface Scope {
  readonly status: StatusSoFar;
  readonly contexts: Readonly<Record<string, (name: string) => Value>>;
}

const STATUS_FUNCTIONS: Readonly<Record<string, (status: StatusSoFar) => boolean>> = {
  success: (status) => status === 'success',
  failure: (status) => status === 'failure',
  cancelled: () => false,
  always: () => true,
};

/**
 * GitHub's expressions by GitHub's own parser and evaluator, but strict: a name that GitHub would quietly read as
 * nothing is an error.
 */
export class ExpressionLanguage {
  static async load(): Promise<ExpressionLanguage> {
    const library = await importEsModule('@actions/expressions');
    if (!isLibrary(library)) {
      throw new Error(
        'Loading @actions/expressions failed: it has no Parser. Install the version in package-lock.json.',
      );
    }
    return new ExpressionLanguage(library);
  }

  private constructor(private readonly library: typeof Library) {}

  /** Replaces every `${{ … }}` in a text by its value. */
  interpolate(text: string, scope: Scope): string {
    return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_whole, inner: string) => this.evaluate(inner, scope).coerceString());
  }

  /** Whether a step or a job runs: an `if` that asks for no status wants success too, as on GitHub. */
  isMeant(condition: string | undefined, scope: Scope): boolean {
    if (condition === undefined) return scope.status === 'success';
    const text = condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1');
    const asksForStatus = new this.library.Lexer(text).lex().tokens.some(({ lexeme }) => lexeme in STATUS_FUNCTIONS);
    const { Null, BooleanData } = this.library.data;
    const value = this.evaluate(text, scope);
    const isTrue =
      !(value instanceof Null) &&
      (value instanceof BooleanData ? value.value : !['', '0'].includes(value.coerceString()));
    return (asksForStatus || scope.status === 'success') && isTrue;
  }

  /** Throws a sentence where the local runner could not evaluate the expression. */
  parse(text: string, contexts: readonly string[]): Library.Expr {
    try {
      // The library takes an empty expression for nothing at all.
      if (text.trim() === '') throw new Error('It is empty');
      const functions = Object.keys(STATUS_FUNCTIONS).map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
      return new this.library.Parser(new this.library.Lexer(text).lex().tokens, [...contexts], functions).parse();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(
        `Reading the expression "${text}" failed: ${reason}. The local runner knows ${contexts.join(', ')}.`,
        { cause },
      );
    }
  }

  private evaluate(text: string, { status, contexts }: Scope): Library.data.ExpressionData {
    const { Evaluator, data: { BooleanData, Dictionary } } = this.library;
    const names = new Dictionary();
    names.get = (name) => this.data(contexts[name] ?? null);
    const functions = Object.entries(STATUS_FUNCTIONS).map(
      ([name, holds]) => [name, { name, minArgs: 0, maxArgs: 0, call: () => new BooleanData(holds(status)) }] as const,
    );
    const value = new Evaluator(this.parse(text, Object.keys(contexts)), names, new Map(functions)).evaluate();
    if (value instanceof Dictionary) {
      throw new Error(`Evaluating "${text.trim()}" failed: it is not a single value. Name one inside it.`);
    }
    return value;
  }

  private data(value: Value): Library.data.ExpressionData {
    const { BooleanData, Dictionary, NumberData, Null, StringData } = this.library.data;
    switch (typeof value) {
      case 'string': return new StringData(value);
      case 'number': return new NumberData(value);
      case 'boolean': return new BooleanData(value);
      case 'function': {
        const dictionary = new Dictionary();
        dictionary.get = (name) => this.data(value(name));
        return dictionary;
      }
      default: return new Null();
    }
  }
}

function isLibrary(module: object): module is typeof Library {
  return 'Parser' in module && 'Evaluator' in module && 'Lexer' in module && 'data' in module;
}

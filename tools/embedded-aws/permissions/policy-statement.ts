import { z } from 'zod';
import type { Condition } from './condition-operators';
import { checkCondition } from './condition-operators';

/** A pattern list and whether it names what applies (`Action`) or what does not (`NotAction`). */
export interface PatternSet {
  readonly inverted: boolean;
  readonly patterns: readonly string[];
}

/** Whom a resource's policy speaks of. */
export interface Principals {
  readonly inverted: boolean;
  readonly entries: ReadonlyArray<{
    readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
    readonly value: string;
  }>;
}

export interface PolicyStatement {
  /** Which policy and statement, in words, for reports and errors. */
  readonly origin: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  readonly conditions: readonly Condition[];
  /** Only in the policies of resources. */
  readonly principals?: Principals;
}

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const conditionValues = z.union([z.array(scalar), scalar.transform((value) => [value])]);
const principal = z.union([
  z.literal('*'),
  z.partialRecord(z.enum(['AWS', 'Service', 'Federated', 'CanonicalUser']), texts),
]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).default({}),
});

const documentSchema = z.object({
  Statement: z.union([z.array(statementSchema), statementSchema.transform((statement) => [statement])]),
});

/**
 * Reads a policy document; what the embedded cloud cannot evaluate is an error that names it, never taken as absent.
 */
export function parsePolicy(document: unknown, origin: string): readonly PolicyStatement[] {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) throw new Error(`The policy ${origin} cannot be read: ${z.prettifyError(parsed.error)}`);
  return parsed.data.Statement.map((statement, index) => {
    const place = `${origin}, statement ${index + 1}${statement.Sid ? ` (${statement.Sid})` : ''}`;
    const principals = readPrincipals(statement);
    return {
      origin: place,
      effect: statement.Effect,
      actions: patternSet(statement.Action, statement.NotAction, place),
      resources: patternSet(
        statement.Resource,
        statement.NotResource ?? (principals && !statement.Resource ? [] : undefined),
        place,
      ),
      conditions: readConditions(statement.Condition, place),
      ...(principals ? { principals } : {}),
    };
  });
}

function patternSet(
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] | undefined,
  origin: string,
): PatternSet {
  const patterns = wanted ?? unwanted;
  if (!patterns) throw new Error(`The policy ${origin} names no action or no resource.`);
  const variable = patterns.find((pattern) => pattern.includes('${'));
  if (variable !== undefined) {
    throw new Error(
      `The policy ${origin} uses the policy variable in ${variable}, which the embedded cloud cannot evaluate.`,
    );
  }
  return { inverted: wanted === undefined, patterns };
}

function readPrincipals(statement: z.infer<typeof statementSchema>): Principals | undefined {
  const written = statement.Principal ?? statement.NotPrincipal;
  if (written === undefined) return undefined;
  const inverted = statement.Principal === undefined;
  if (written === '*') return { inverted, entries: [{ kind: 'AWS', value: '*' }, { kind: 'Service', value: '*' }] };
  const kinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
  return { inverted, entries: kinds.flatMap((kind) => (written[kind] ?? []).map((value) => ({ kind, value }))) };
}

function readConditions(written: z.infer<typeof statementSchema>['Condition'], origin: string): Condition[] {
  const conditions = Object.entries(written).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: values.map(String) })));
  for (const condition of conditions) checkCondition(condition, origin);
  return conditions;
}

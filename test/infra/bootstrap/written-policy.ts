import { z } from 'zod';
import { matchesWildcard } from '../../../tools/embedded-aws/permissions/wildcard-pattern';

/** A statement of a synthesised policy. */
export type PolicyStatement = Readonly<Record<string, unknown>>;

export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys; a condition on another key does not hold. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** As IAM decides by one policy: a denial counts before everything that allows. */
export function may(statements: readonly PolicyStatement[], call: Call): boolean {
  const meant = statements.filter((statement) => applies(statement, call));
  return meant.some(({ Effect }) => Effect === 'Allow') && meant.every(({ Effect }) => Effect === 'Allow');
}

function applies({ Action, Resource, Condition = {} }: PolicyStatement, call: Call): boolean {
  return [Action].flat().some((action) => matchesWildcard(String(action), call.action, true))
    && [Resource].flat().some((resource) => matchesWildcard(written(resource), call.resource))
    && Object.entries(Object(Condition)).every(([operator, keys]) =>
      Object.entries(Object(keys)).every(([key, values]) => {
        const value = call.conditions?.[key];
        const isOne = value !== undefined && [values].flat().map(written).includes(value);
        if (operator === 'StringEquals') return isOne;
        if (operator === 'StringNotEquals') return !isOne;
        throw new Error(`These tests do not know the operator ${operator}: teach them.`);
      }));
}

/** A text with the pseudo parameters filled in. */
export function written(value: unknown): string {
  const join = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }).safeParse(value);
  if (join.success) return join.data['Fn::Join'][1].map(written).join('');
  const reference = z.object({ Ref: z.string() }).safeParse(value);
  if (!reference.success) return String(value);
  return { 'AWS::Partition': 'aws', 'AWS::AccountId': '123456789012' }[reference.data.Ref] ?? reference.data.Ref;
}

import type { Account, StageStack } from './cloud';
import type { StageScope } from './stage-scope';
import type { StageTemplate } from './stage-template';
import type { TableDifferences } from './table-differences';

/** `carry`: clients' keys move to the stage's new plan. `blocked`: the operator has to do something first. */
export const DECISIONS = ['blocked', 'import', 'delete', 'carry', 'keep'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface ValidationResult {
  readonly decision: Decision;
  /** Why, and what to know of it. */
  readonly reason: string;
  /** Of a table to import. */
  readonly differences?: TableDifferences;
}

/** What a plan rests on beside what was found; the deployment's own question does without the template. */
export interface PlanContext {
  readonly scope: StageScope;
  readonly account?: Account;
  readonly template?: StageTemplate;
  readonly stack?: StageStack | undefined;
  readonly discardMessages?: boolean;
}

import { resourceNames } from '../../src/core/names';
import type { StageStack } from './cloud';
import type { PlanContext, ValidationResult } from './decision';
import type { FoundTable } from './found-resource';
import type { TableDifferences } from './table-differences';
import { compareTable } from './table-differences';

/** Bytes of a template that CloudFormation takes without a bucket, less what the tables add. */
const LARGEST_TEMPLATE = 51_200 - 8_000;

/** A table that gets an index is UPDATING; adoption waits for it. */
const IMPORTABLE_STATES = ['ACTIVE', 'UPDATING'];

export function planTable(table: FoundTable, { scope, template, stack }: PlanContext): ValidationResult {
  if (!IMPORTABLE_STATES.includes(table.status)) {
    return { decision: 'blocked', reason: `it is ${table.status}: wait until DynamoDB is done` };
  }
  if (!table.hasItems && !table.isProtected) {
    return { decision: 'delete', reason: 'empty; the deployment creates it again' };
  }
  const why = table.hasItems ? 'holds items' : 'empty, but protected from deletion';
  const wanted = template?.tables.find(({ name }) => name === table.name);
  if (!wanted) return { decision: 'import', reason: why };
  const differences = compareTable(table, wanted);
  const blockers = [...differences.blockers, ...stackBlocker(resourceNames(scope.stage).stack, stack)];
  if (blockers.length > 0) {
    return { decision: 'blocked', reason: `${why}, but ${blockers.join('; and ')}`, differences };
  }
  return { decision: 'import', reason: [why, ...changeWords(differences)].join('; '), differences };
}

/** Why the stage's stack cannot import anything. */
function stackBlocker(name: string, stack: StageStack | undefined): readonly string[] {
  if (!stack || stack.status === 'REVIEW_IN_PROGRESS') return [];
  if (stack.status.endsWith('_IN_PROGRESS')) {
    return [`the stack ${name} is being changed (${stack.status}): wait until it is done`];
  }
  if (stack.status === 'ROLLBACK_COMPLETE') {
    return [
      `the stack ${name} is what a failed first deployment left: delete it (`
      + `aws cloudformation delete-stack --stack-name ${name}; if it is protected, first run `
      + `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name})`,
    ];
  }
  if (!stack.status.endsWith('_COMPLETE')) {
    return [
      `the stack ${name} is in the state ${stack.status}: repair it first (`
      + `aws cloudformation continue-update-rollback --stack-name ${name})`,
    ];
  }
  if (!isObject(stack.template)) {
    return [`the template of the stack ${name} is not JSON: import the table in the CloudFormation console`];
  }
  if ((stack.template ?? '').length > LARGEST_TEMPLATE) {
    return [
      `the stack ${name} exists and its template is too large for this command: import the table with `
      + `npx cdk import ${name}`,
    ];
  }
  return [];
}

function isObject(text: string | undefined): boolean {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

function changeWords({ indexesToDrop, indexesToAdd, deploymentChanges }: TableDifferences): readonly string[] {
  return [
    ...(indexesToDrop.length > 0 ? [`drops the index ${indexesToDrop.join(' and ')}`] : []),
    ...(indexesToAdd.length > 0 ? [`adds the index ${indexesToAdd.map(({ name }) => name).join(' and ')}`] : []),
    ...(deploymentChanges.length > 0 ? [`the deployment then changes: ${deploymentChanges.join(', ')}`] : []),
  ];
}

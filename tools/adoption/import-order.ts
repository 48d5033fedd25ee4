import { z } from 'zod';
import { CommandError } from '../../src/cli/command-error';
import type { StackImport, StageStack } from './cloud';
import { RESOURCE_TYPES } from './found-resource';
import type { FoundTable } from './found-resource';
import type { WantedTable } from './table-differences';
import { tableProperties } from './table-properties';

export interface TableToImport {
  readonly table: FoundTable;
  readonly wanted: WantedTable;
}

const templateShape = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

const EMPTY_TEMPLATE = {
  AWSTemplateFormatVersion: '2010-09-09', Description: 'Tables that were made by hand; the deployment brings the rest',
  Resources: {},
};

/**
 * The order by which the stage's stack takes tables over. It changes nothing else of the stack, which CloudFormation
 * would refuse: outputs, tags and
 * other resources stay as they are, or out of a stack that is new. `Retain` holds until the deployment says what
 * becomes of them.
 */
export function importOrder(
  stackName: string, stack: StageStack | undefined, tables: readonly TableToImport[]): StackImport {
  const template = stack?.template === undefined ? EMPTY_TEMPLATE : templateShape.parse(JSON.parse(stack.template));
  const taken = tables.find(({ wanted }) => wanted.logicalId in template.Resources);
  if (taken) {
    throw new CommandError(
      `Importing the table ${taken.table.name} failed: the stack ${stackName} has a resource ${
        taken.wanted.logicalId} already; look at its drift in CloudFormation.`);
  }
  const added = tables.map(({ table, wanted }) => [wanted.logicalId, {
    Type: RESOURCE_TYPES.table, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
    Properties: tableProperties(table),
  }] as const);
  const resources = tables.map(({ table: { name }, wanted: { logicalId } }) =>
    ({ type: RESOURCE_TYPES.table, logicalId, identifier: { TableName: name } }));
  return {
    stack: stackName,
    template: JSON.stringify({ ...template, Resources: { ...template.Resources, ...Object.fromEntries(added) } }),
    parameters: stack?.parameters ?? [],
    resources,
  };
}

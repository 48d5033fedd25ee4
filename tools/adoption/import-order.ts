import { z } from 'zod';
import { CommandError } from '../../src/cli/command-error';
import type { StackImport, StageStack } from './cloud';
import { RESOURCE_TYPES } from './found-resource';
import type { FoundTable } from './found-resource';
import type { WantedTable } from './table-differences';
import { tableProperties } from './table-properties';

const templateShape = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

/** A resource that the stage's stack imports as it is. */
export interface ResourceToImport {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly identifier: Readonly<Record<string, string>>;
}

const EMPTY_TEMPLATE = {
  AWSTemplateFormatVersion: '2010-09-09', Description: 'Tables that were made by hand; the deployment brings the rest',
  Resources: {},
};

/**
 * The order by which the stage's stack imports resources. It changes nothing else of the stack, which CloudFormation
 * would refuse: outputs, tags and other resources stay as they are, or out of a stack that is new. `Retain` holds
 * until the deployment sets another policy.
 */
export function importOrder(
  stackName: string, stack: StageStack | undefined, resources: readonly ResourceToImport[]): StackImport {
  const template = stack?.template === undefined ? EMPTY_TEMPLATE : templateShape.parse(JSON.parse(stack.template));
  const taken = resources.find(({ logicalId }) => logicalId in template.Resources);
  if (taken) {
    throw new CommandError(
      `Importing ${Object.values(taken.identifier).join(', ')} failed: the stack ${stackName} has a `
      + `resource ${taken.logicalId} already; look at its drift in CloudFormation.`);
  }
  const added = resources.map(({ logicalId, type, properties }) => [logicalId, {
    Type: type, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: properties,
  }] as const);
  return {
    stack: stackName,
    template: JSON.stringify({ ...template, Resources: { ...template.Resources, ...Object.fromEntries(added) } }),
    parameters: stack?.parameters ?? [],
    resources: resources.map(({ type, logicalId, identifier }) => ({ type, logicalId, identifier })),
  };
}

/** A table, described as it is. */
export function tableToImport(table: FoundTable, { logicalId }: Pick<WantedTable, 'logicalId'>): ResourceToImport {
  const identifier = { TableName: table.name };
  return { logicalId, type: RESOURCE_TYPES.table, properties: tableProperties(table), identifier };
}

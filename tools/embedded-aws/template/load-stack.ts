import { assetFolder, readAssembledStack } from './cloud-assembly';
import type { AssembledStack } from './cloud-assembly';
import { isJsonObject } from './json-object';
import type { StackResource, StackTemplate } from './stack-template';
import { TemplateResolver } from './template-resolver';

/** Where the stack is said to run. A template that was synthesised for a known account and region keeps those. */
export interface StackPlace {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** The AWS endpoint's address, for example `http://127.0.0.1:4566`: queue URLs start with it. */
  readonly endpoint: string;
}

/** Reads a stack from a cloud assembly, with every intrinsic resolved; anything that cannot be is an error that names it. */
export function loadStack(assemblyFolder: string, name: string, place: StackPlace): StackTemplate {
  const stack = readAssembledStack(assemblyFolder, name);
  const { stackName } = stack;
  const account = stack.account ?? place.account;
  const region = stack.region ?? place.region;
  const resolver = new TemplateResolver(stack.template, { stackName, account, region, endpoint: place.endpoint });
  const resources = resolver.resources();
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  return {
    stackName,
    account,
    region,
    resources,
    outputs: resolver.outputs(),
    ofType: (type) => resources.filter((resource) => resource.type === type),
    byLogicalId: (logicalId) => {
      const resource = byId.get(logicalId);
      if (!resource) throw new Error(`The stack ${stackName} has no resource ${logicalId}.`);
      return resource;
    },
    codeFolder: (functionResource) => codeFolder(stack, functionResource),
  };
}

function codeFolder(stack: AssembledStack, { logicalId, properties, metadata }: StackResource): string {
  const key = isJsonObject(properties.Code) ? properties.Code.S3Key : undefined;
  const path = metadata['aws:asset:path'] ?? (typeof key === 'string' ? stack.assetPaths.get(key) : undefined);
  if (typeof path !== 'string') {
    throw new Error(`The code of ${logicalId} is in no asset of the assembly ${stack.folder}: give the function code from a folder, not inline or from elsewhere.`);
  }
  return assetFolder(stack, path, logicalId);
}

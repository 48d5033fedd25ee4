import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourceNames } from '../../src/core/names';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';

/** What a run changes of the synthesised stack; what is left out stays as it is deployed. */
export interface StackVariant {
  readonly processorMemoryMegabytes?: number;
  readonly batchSize?: number;
  /** Without it messages stay in their queues, for the run to work itself. */
  readonly worksQueues?: boolean;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** More than this machine ever asks: throttles are not what a run is about. */
const NO_LIMIT = 100_000;

/**
 * A copy of the assembly with the production stage's log level and without throttles, so that a run meets only the
 * engine. Everything else of it,
 * the code above all, is what a deployment would take.
 */
export function variantAssembly(assemblyFolder: string, folder: string, variant: StackVariant = {}): string {
  rmSync(folder, { recursive: true, force: true });
  cpSync(assemblyFolder, folder, { recursive: true });
  const file = join(folder, `${resourceNames(LOCAL_STAGE).stack}.template.json`);
  const template: { Resources: Record<string, Resource> } = JSON.parse(readFileSync(file, 'utf8'));
  for (const resource of Object.values(template.Resources)) change(resource, variant);
  writeFileSync(file, JSON.stringify(template));
  return folder;
}

function change({ Type: type, Properties: properties }: Resource, variant: StackVariant): void {
  switch (type) {
    case 'AWS::Lambda::Function':
      properties.LoggingConfig = { ...asObject(properties.LoggingConfig), ApplicationLogLevel: 'INFO' };
      if (variant.processorMemoryMegabytes && isProcessor(properties.FunctionName)) {
        properties.MemorySize = variant.processorMemoryMegabytes;
      }
      break;
    case 'AWS::Lambda::EventSourceMapping':
      if (variant.batchSize) properties.BatchSize = variant.batchSize;
      properties.Enabled = variant.worksQueues ?? true;
      break;
    case 'AWS::ApiGateway::UsagePlan':
      properties.Throttle = { BurstLimit: NO_LIMIT, RateLimit: NO_LIMIT };
      break;
    case 'AWS::ApiGateway::Stage':
      properties.MethodSettings = asList(properties.MethodSettings)
        .map((settings) => ({ ...asObject(settings), ThrottlingBurstLimit: NO_LIMIT, ThrottlingRateLimit: NO_LIMIT }));
      break;
  }
}

function isProcessor(name: unknown): boolean {
  return typeof name === 'string' && name.includes('channel-processor');
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

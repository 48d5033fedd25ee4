import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { EngineStack } from '../../src/infra/engine-stack';
import type { StageSettings } from '../../src/infra/stages';
import { stageSettings } from '../../src/infra/stages';

/** Where the tested stacks are said to go, so that ARNs can be written out. */
export const PLACE = { account: '123456789012', region: 'eu-west-2' } as const;

export interface Resource {
  readonly Type: string;
  // A template is data of any shape; each test reads what it asserts.
  readonly Properties: Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

const fromAsset = Code.fromAsset.bind(Code);

/** Stands in for the bundles, which are made by the build and not for a test of the stack: this very folder. */
export function withoutBundles(): void {
  jest.spyOn(Code, 'fromAsset').mockImplementation(() => fromAsset(__dirname));
}

const templates = new Map<string, Template>();

/** The template of a stage, synthesised once a test file. */
export function templateOf(stage: string): Template {
  const known = templates.get(stage) ?? synthesise(stageSettings(stage));
  templates.set(stage, known);
  return known;
}

export function synthesise(stage: StageSettings, env: Environment = PLACE): Template {
  withoutBundles();
  return inFolder((outdir) =>
    Template.fromStack(new EngineStack(new App({ outdir, builtinCloudFormationValidation: false }), stage, env)),
  );
}

/** Gives an assembly a folder for as long as it is needed. */
export function inFolder<Result>(use: (outdir: string) => Result): Result {
  const outdir = mkdtempSync(join(tmpdir(), 'engine-stack-'));
  try {
    return use(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Resources of a type, by logical identifier. */
export function resourcesOf(template: Template, type: string): Readonly<Record<string, Resource>> {
  return template.findResources(type) as Readonly<Record<string, Resource>>;
}

export function allResources(template: Template): Readonly<Record<string, Resource>> {
  return template.toJSON().Resources;
}

/** The name of the function that a reference leads to, by its live alias; undefined for any other reference. */
export function functionBehind(template: Template, reference: unknown): string | undefined {
  const [, logicalId = ''] = /\{"Ref":"(\w+Live\w+)"\}/.exec(JSON.stringify(reference ?? {})) ?? [];
  const alias = allResources(template)[logicalId];
  if (alias?.Type !== 'AWS::Lambda::Alias' || alias.Properties.Name !== 'live') return undefined;
  return allResources(template)[alias.Properties.FunctionName.Ref]?.Properties.FunctionName;
}

/** The values of one property in all resources of a type, sorted. */
export function namesOf(template: Template, type: string, property: string): readonly string[] {
  return Object.values(resourcesOf(template, type)).map((resource) => String(resource.Properties[property])).sort();
}

/** The only resource of a type whose name matches. */
export function resourceNamed(template: Template, type: string, property: string, name: string): Resource {
  const found = Object.values(resourcesOf(template, type)).filter((resource) => resource.Properties[property] === name);
  if (found.length !== 1 || !found[0]) {
    throw new Error(`The template has ${found.length} resources of ${type} with ${property} ${name}.`);
  }
  return found[0];
}

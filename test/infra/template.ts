import { readFileSync } from 'node:fs';
import { sampleTemplate } from './sample-templates';

export interface Resource {
  readonly Type: string;
  // A template is data of any shape; each test reads what it asserts.
  readonly Properties: Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly Outputs: Readonly<Record<string, { readonly Value: any }>>;
}

const templates = new Map<string, Template>();

/** The template of a variant of test/infra/sample-stages.ts, as it was synthesised before the tests. */
export function templateOf(variant: string): Template {
  const known = templates.get(variant) ?? (JSON.parse(readFileSync(sampleTemplate(variant), 'utf8')) as Template);
  templates.set(variant, known);
  return known;
}

/** Resources of a type, by logical identifier. */
export function resourcesOf(template: Template, type: string): Readonly<Record<string, Resource>> {
  return Object.fromEntries(Object.entries(template.Resources).filter(([, { Type }]) => Type === type));
}

/** The name of the function that a reference leads to, by its live alias; undefined for any other reference. */
export function functionBehind(template: Template, reference: unknown): string | undefined {
  const [, logicalId = ''] = /\{"Ref":"(\w+Live\w+)"\}/.exec(JSON.stringify(reference ?? {})) ?? [];
  const alias = template.Resources[logicalId];
  if (alias?.Type !== 'AWS::Lambda::Alias' || alias.Properties.Name !== 'live') return undefined;
  return template.Resources[alias.Properties.FunctionName.Ref]?.Properties.FunctionName;
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

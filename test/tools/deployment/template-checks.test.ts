import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  foreignResources, needsLogRole, parseTemplate,
  wantedConcurrency,
} from '../../../tools/deployment/template-checks';

const STACK = 'ai-multi-comms-prod';

/** What an earlier release deployed, without the properties that no check reads. */
const earlier = parse(readFileSync(join(__dirname, 'earlier-assembly', `${STACK}.template.json`), 'utf8'));

function parse(text: string) {
  const template = parseTemplate(text);
  if (!template) throw new Error('The template cannot be read.');
  return template;
}

function resources(entries: Readonly<Record<string, unknown>>) {
  return parse(JSON.stringify({ Resources: entries }));
}

describe('which app made a stack', () => {
  test('this one, in an earlier release, whatever the next one adds, renames or drops', () => {
    expect(foreignResources(STACK, earlier, earlier)).toEqual([]);
    const isKept = ([, { Type }]: readonly [string, { readonly Type: string }]) => Type === 'AWS::DynamoDB::Table';
    const next = { Resources: Object.fromEntries(Object.entries(earlier.Resources).filter(isKept)) };
    expect(foreignResources(STACK, earlier, next)).toEqual([]);
  });

  test('this one, if adoption made the stack by importing tables under their logical ids', () => {
    const imported = resources({ RecordsCompaniesED0AA39E: { Type: 'AWS::DynamoDB::Table' } });
    expect(foreignResources(STACK, imported, earlier)).toEqual([]);
  });

  test('another one, if its resources have neither a path nor a known logical id', () => {
    const sam = resources({
      CompanyDataTable: { Type: 'AWS::DynamoDB::Table' }, RecordsCompaniesED0AA39E: { Type: 'AWS::SQS::Queue' },
    });
    expect(foreignResources(STACK, sam, earlier)).toEqual(['CompanyDataTable', 'RecordsCompaniesED0AA39E']);
  });

  test('another one, if CDK made it and its data has other logical ids', () => {
    const other = resources({
      Store1: { Type: 'AWS::DynamoDB::Table', Metadata: { 'aws:cdk:path': `${STACK}/Store/Resource` } },
      Fn1: { Type: 'AWS::Lambda::Function', Metadata: { 'aws:cdk:path': `${STACK}/Fn/Resource` } },
    });
    expect(foreignResources(STACK, other, earlier)).toEqual(['Store1']);
    const elsewhere = resources({ Fn1: { Type: 'AWS::Lambda::Function', Metadata: { 'aws:cdk:path': 'other/Fn' } } });
    expect(foreignResources(STACK, elsewhere, earlier)).toEqual(['Fn1']);
  });

  test('none, if it holds nothing', () => {
    expect(foreignResources(STACK, resources({}), earlier)).toEqual([]);
  });
});

test('a template that is not JSON is not one of this app', () => {
  expect(parseTemplate('Resources:')).toBeUndefined();
  expect(parseTemplate('{"Resources": {"A": 1}}')).toBeUndefined();
});

test('the concurrency of a stage is what its functions reserve and its queues may start', () => {
  expect(wantedConcurrency(earlier)).toEqual({ reserved: 1, fromQueues: 60 });
});

test('a stage that writes API logs and does not set the role for it needs one in the account', () => {
  expect(needsLogRole(earlier)).toBe(false);
  expect(needsLogRole(resources({ Stage: { Type: 'AWS::ApiGateway::Stage' } }))).toBe(true);
});

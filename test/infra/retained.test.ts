import { stackBlocker } from '../../tools/deployment/check-account';
import { plan } from '../../tools/adoption/plan';
import { StageScope } from '../../tools/adoption/stage-scope';
import { resourceNames } from '../../src/core/names';
import { NAMES, sample, sampleTable } from '../tools/adoption/sample-findings';
import { SAMPLE_STAGES } from './sample-stages';
import { templateOf } from './template';

/** What a stack keeps by name and what an operator calls it; the next deployment would meet it. */
const IN_THE_WAY: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'tables',
  'AWS::SQS::Queue': 'queues',
  'AWS::Logs::LogGroup': 'log groups',
};
/**
 * Kept without a name of its own, so that it is in nobody's way; the first two are the account's, for the logs of all
 * its APIs.
 */
const HARMLESS = ['AWS::IAM::Role', 'AWS::ApiGateway::Account', 'AWS::KMS::Key'];

const keptBy = (stage: string) => [
  ...new Set(
    Object.values(templateOf(stage).Resources)
      .filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')
      .map(({ Type }) => Type),
  ),
];

test('the deploy command names every kind of thing that a guarded stage keeps and that would be in the way', () => {
  const [guarded] = SAMPLE_STAGES.filter(({ guarded: is }) => is);
  const kept = keptBy(guarded?.name ?? '').filter((type) => !HARMLESS.includes(type));
  expect([...kept].sort()).toEqual(Object.keys(IN_THE_WAY).sort());
  const advice = stackBlocker(
    'stack',
    { name: 'prod', region: 'eu-west-1' },
    { status: 'ROLLBACK_COMPLETE', isProtected: true },
  );
  for (const type of kept) expect(advice).toContain(IN_THE_WAY[type]);
});

test('a stage that is not guarded keeps nothing that would be in the way', () => {
  for (const { name } of SAMPLE_STAGES.filter(({ guarded }) => !guarded)) {
    expect(keptBy(name).filter((type) => !HARMLESS.includes(type))).toEqual([]);
  }
});

test('adoption then takes the tables over, since they are protected, and makes way for the rest', () => {
  const empty = sampleTable({ name: NAMES.companyTable, id: NAMES.companyTable, hasItems: false, isProtected: true });
  const planned = plan(
    [empty, sample('queue'), sample('log group')].map((found) => ({ found, owner: undefined })),
    { scope: new StageScope('dev', ['dev', 'prod']) },
  );
  expect(Object.fromEntries(planned.map(({ found, decision }) => [found.kind, decision]))).toEqual({
    'table': 'import',
    'queue': 'delete',
    'log group': 'delete',
  });
  expect(NAMES.companyTable).toBe(resourceNames('dev').companyTable);
});

test('every function and log group of a stack is one that adoption would find by its name', () => {
  const scope = new StageScope('dev', ['dev', 'prod']);
  const named = (type: string, property: string) =>
    Object.values(templateOf('dev').Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }): unknown => Properties[property]);
  expect(
    named('AWS::Lambda::Function', 'FunctionName').filter((name) => !scope.functions.includes(String(name))),
  ).toEqual([]);
  // The group of the API's execution logs is named after an API that is found first.
  const groups = named('AWS::Logs::LogGroup', 'LogGroupName').filter((name) => typeof name === 'string');
  expect(groups.length).toBeGreaterThan(7);
  expect(groups.filter((name) => !scope.logGroups([]).includes(name))).toEqual([]);
});

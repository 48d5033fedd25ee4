import { CHANNELS } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import { ENV_VARS } from '../../src/core/env-vars';
import { vendorUrlVariable } from '../../src/core/ports/vendor';
import { VENDOR_URLS, VENDORS } from '../../src/providers/vendors';
import { SAMPLE_STAGES, sampleStage } from './sample-stages';
import { resourceNamed, resourcesOf, templateOf } from './template';
import type { Resource } from './template';

const names = resourceNames('dev');
const lambdaNamed = (name: string): Resource['Properties'] =>
  resourceNamed(templateOf('dev'), 'AWS::Lambda::Function', 'FunctionName', name).Properties;
const variablesOf = (name: string): Readonly<Record<string, unknown>> => lambdaNamed(name).Environment.Variables;

describe.each(SAMPLE_STAGES.map(({ name }) => name))('every function of %s', (stage) => {
  const template = templateOf(stage);
  const lambdas = Object.values(resourcesOf(template, 'AWS::Lambda::Function')).map(({ Properties }) => Properties);
  const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
  const settings = sampleStage(stage);

  test('runs Node.js 24 on arm64, traced', () => {
    expect(lambdas.map(({ Runtime, Architectures, TracingConfig }) => [Runtime, Architectures, TracingConfig])).toEqual(
      lambdas.map(() => ['nodejs24.x', ['arm64'], { Mode: 'Active' }]),
    );
  });

  test('writes JSON to a log group of its own, at the stage\'s level', () => {
    expect(
      lambdas.map(({ FunctionName, LoggingConfig }) => [
        FunctionName,
        LoggingConfig.LogFormat,
        LoggingConfig.ApplicationLogLevel,
      ]),
    ).toEqual(lambdas.map(({ FunctionName }) => [FunctionName, 'JSON', settings.logLevel]));
    expect(lambdas.map(({ LoggingConfig }) => groups[LoggingConfig.LogGroup.Ref]?.Properties.LogGroupName)).toEqual(
      lambdas.map(({ FunctionName }) => `/aws/lambda/${FunctionName}`),
    );
  });

  test('leaves Lambda to tell of calls that went well where the stage is to say much', () => {
    const level = settings.logLevel === 'DEBUG' ? 'INFO' : 'WARN';
    expect(lambdas.map(({ LoggingConfig }) => LoggingConfig.SystemLogLevel)).toEqual(lambdas.map(() => level));
  });

  test('tells its figures under the stage\'s namespace and the one name of the service', () => {
    for (const { Environment: { Variables: variables } } of lambdas) {
      expect(variables).toMatchObject({
        STAGE: stage,
        POWERTOOLS_LOG_LEVEL: settings.logLevel,
        POWERTOOLS_METRICS_NAMESPACE: `ai-multi-comms-${stage}`,
        POWERTOOLS_SERVICE_NAME: 'ai-multi-comms',
      });
    }
  });

  test('finds no secret in its environment', () => {
    const variables = lambdas.flatMap(({ Environment: { Variables: set } }) => Object.keys(set));
    const known = [
      ...Object.values<string>(ENV_VARS),
      ...CHANNELS.map((channel) => vendorUrlVariable(VENDORS[channel].name)),
    ];
    expect(variables.filter((name) => !known.includes(name))).toEqual([]);
    expect(variables.filter((name) => /KEY|SECRET|TOKEN|PASSWORD/.test(name))).toEqual([]);
  });

  test('keeps logs for the stage\'s time', () => {
    const expected = [settings.logRetentionDays, settings.guarded ? 'Retain' : 'Delete'];
    const kept = Object.values(groups).map(({ Properties, DeletionPolicy }) => [
      Properties.RetentionInDays,
      DeletionPolicy,
    ]);
    expect(kept).toEqual(kept.map(() => expected));
  });
});

test('the router answers before API Gateway gives up', () => {
  expect(lambdaNamed(names.router).Timeout).toBeLessThan(29);
});

test('the router knows the tables, every channel\'s queue, the allowed origins and how long records are kept', () => {
  const { QUEUE_URLS: urls, ...variables } = variablesOf(names.router);
  expect(Object.keys(variables)).toEqual(expect.arrayContaining(['COMPANY_TABLE', 'CONVERSATION_TABLE']));
  expect(variables).toMatchObject({ ALLOWED_ORIGINS: '*', RETENTION_DAYS: '30' });
  expect(CHANNELS.filter((channel) => !JSON.stringify(urls).includes(`\\"${channel}\\":\\"`))).toEqual([]);
});

test.each(CHANNELS)(
  'the processor of %s knows the tables, its own vendor and the model, and of the channels\' queues only its own',
  (channel) => {
    const { QUEUE_URLS: urls, ...variables } = variablesOf(names.processor(channel));
    expect(Object.keys(variables)).toEqual(
      expect.arrayContaining(['COMPANY_TABLE', 'CONVERSATION_TABLE', 'HANDOFF_QUEUE_URL']),
    );
    expect(variables).toMatchObject({
      [vendorUrlVariable(VENDORS[channel].name)]: VENDOR_URLS[VENDORS[channel].name],
      OPENAI_BASE_URL: 'https://api.openai.com/v1',
    });
    expect(Object.keys(variables).filter((name) => name.endsWith('_API_URL'))).toHaveLength(1);
    expect(CHANNELS.filter((any) => JSON.stringify(urls).includes(`\\"${any}\\":\\"`))).toEqual([channel]);
  },
);

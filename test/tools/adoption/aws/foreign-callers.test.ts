import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { foreignCallers } from '../../../../tools/adoption/aws/foreign-callers';
import { knownOldNames } from '../../../../tools/adoption/old-names';
import { StageScope } from '../../../../tools/adoption/stage-scope';
import { NAMES } from '../sample-findings';
import { fails, REGION, stubbed } from './stubbed-client';

const scope = new StageScope('dev', ['dev', 'prod'], knownOldNames('dev'));
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`;

function allowing(...sources: readonly string[]) {
  return {
    Policy: JSON.stringify({
      Statement: sources.map((source) =>
        ({ Effect: 'Allow', Condition: { ArnLike: { 'AWS:SourceArn': source } } })),
    }),
  };
}

async function found(
  subscriptions: ReadonlyArray<Readonly<Record<string, string>>>, policies: Readonly<Record<string, object>> = {},
) {
  const topics = stubbed(new SNSClient(REGION), { ListSubscriptions: () => ({ Subscriptions: subscriptions }) }).client;
  const functions = stubbed(new LambdaClient(REGION), {
    ListFunctions: () => ({ Functions: ['payroll', NAMES.router, 'channel-router-dev'].map((FunctionName) => ({ FunctionName })) }),
    GetPolicy: ({ FunctionName: name }) => policies[String(name)] ?? fails('ResourceNotFoundException')(),
  }).client;
  return foreignCallers({ topics, functions }, scope, ['api1']);
}

test('a topic of others that delivers to a queue of the stage is named', async () => {
  const [orders, queue] = [arn('sns', 'orders'), arn('sqs', NAMES.queue('sms'))];
  expect(await found([
    { TopicArn: orders, Protocol: 'sqs', Endpoint: queue },
    { TopicArn: orders, Protocol: 'sqs', Endpoint: arn('sqs', 'payroll') },
    { TopicArn: orders, Protocol: 'email', Endpoint: 'ops@example.com' },
    { TopicArn: arn('sns', NAMES.alertsTopic), Protocol: 'sqs', Endpoint: queue },
  ])).toEqual([{ source: orders, target: NAMES.queue('sms') }]);
});

test('so is one that calls a function of the old engine', async () => {
  const source = arn('sns', 'orders');
  expect(await found([{ TopicArn: source, Protocol: 'lambda', Endpoint: arn('lambda', 'function:channel-router-dev') }]))
    .toEqual([{ source, target: 'channel-router-dev' }]);
});

test('routes of another API, rules and buckets that a function lets in are named, and those of the engine are not', async () => {
  const foreign = [arn('execute-api', 'other/*/POST/x'), arn('events', 'rule/nightly-orders'), 'arn:aws:s3:::uploads'];
  const own = [arn('execute-api', 'api1/*/POST/initiate-conversation'), arn('events', `rule/${NAMES.reconciler}`)];
  expect(await found([], { 'channel-router-dev': allowing(...foreign, ...own), 'payroll': allowing(...foreign) })).toEqual(
    foreign.map((source) => ({ source, target: 'channel-router-dev' })));
});

test('a function without a policy is called by nobody', async () => {
  expect(await found([])).toEqual([]);
});

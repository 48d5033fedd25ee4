import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { secrets } from '../../../../tools/adoption/aws/secret-resources';
import { alarms, dashboards, logGroups, topics } from '../../../../tools/adoption/aws/watch-resources';
import { StageScope } from '../../../../tools/adoption/stage-scope';
import { NAMES, sample } from '../sample-findings';
import { REGION, stubbed } from './stubbed-client';

const scope = new StageScope('dev', ['dev', 'prod']);
const options = { discardMessages: false };
const changed = new Date('2026-01-02T03:04:05Z');

describe('alarms', () => {
  test('are those of the stage\'s name and those that watch its resources, also in an expression', async () => {
    const { client } = stubbed(new CloudWatchClient(REGION), {
      DescribeAlarms: ({ NextToken: token }) => token === undefined
        ? {
          MetricAlarms: [
            { AlarmName: 'ai-multi-comms-a-dev', AlarmConfigurationUpdatedTimestamp: changed, Dimensions: [] },
            { AlarmName: 'payroll' },
          ], NextToken: 'more',
        }
        : {
          MetricAlarms: [
            {
              AlarmName: 'mine',
              Metrics: [{ MetricStat: { Metric: { Dimensions: [{ Value: NAMES.router }] } } },
                { Expression: 'a + b' }],
            },
          ],
        },
    });
    expect(await alarms(client).list(scope)).toEqual([
      {
        kind: 'alarm', name: 'ai-multi-comms-a-dev', id: 'ai-multi-comms-a-dev', revision: changed.toISOString(),
        watches: [],
      },
      { kind: 'alarm', name: 'mine', id: 'mine', revision: '', watches: [NAMES.router] },
    ]);
  });

  test('go one by one', async () => {
    const { client, calls } = stubbed(new CloudWatchClient(REGION), { DeleteAlarms: () => ({}) });
    await alarms(client).remove(sample('alarm'), options);
    expect(calls).toEqual([{ operation: 'DeleteAlarms', input: { AlarmNames: [sample('alarm').name] } }]);
  });
});

describe('dashboards', () => {
  test('only the stage\'s own is meant', async () => {
    const { client, operations } = stubbed(new CloudWatchClient(REGION), {
      ListDashboards: () =>
        ({
          DashboardEntries: [
            { DashboardName: NAMES.dashboard, LastModified: changed },
            { DashboardName: 'ai-multi-comms-reports-dev' },
          ],
        }),
      DeleteDashboards: () => ({}),
    });
    const found = await dashboards(client).list(scope);
    expect(found).toEqual(
      [{ kind: 'dashboard', name: NAMES.dashboard, id: NAMES.dashboard, revision: changed.toISOString() }]);
    await dashboards(client).remove(sample('dashboard'), options);
    expect(operations()).toEqual(['ListDashboards', 'DeleteDashboards']);
  });
});

describe('topics', () => {
  test('are told with how many are subscribed, and not who', async () => {
    const arn = `arn:aws:sns:eu-west-1:123456789012:${NAMES.alertsTopic}`;
    const { client, operations } = stubbed(new SNSClient(REGION), {
      ListTopics: () => ({ Topics: [{ TopicArn: arn }, { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:payroll' }] }),
      ListSubscriptionsByTopic: () => ({ Subscriptions: [{ Endpoint: 'operators@example.com' }] }),
      DeleteTopic: () => ({}),
    });
    const found = await topics(client).list(scope);
    expect(found).toEqual([{ kind: 'topic', name: NAMES.alertsTopic, id: arn, revision: '1', subscriptions: 1 }]);
    await topics(client).remove(sample('topic'), options);
    expect(operations()).toEqual(['ListTopics', 'ListSubscriptionsByTopic', 'DeleteTopic']);
  });
});

describe('log groups', () => {
  test('are those of the stage\'s functions and APIs alone', async () => {
    const { client, calls } = stubbed(new CloudWatchLogsClient(REGION), {
      DescribeLogGroups: ({ logGroupNamePrefix: prefix }) => ({
        logGroups: prefix === '/aws/lambda/ai-multi-comms'
          ? [{ logGroupName: `/aws/lambda/${NAMES.router}`, creationTime: 5, storedBytes: 7 },
            { logGroupName: '/aws/lambda/ai-multi-comms-report-worker-dev' }]
          : [{ logGroupName: `${String(prefix)}-elsewhere` }, { logGroupName: prefix }],
      }),
      DeleteLogGroup: () => ({}),
    });
    const adapter = logGroups(client, async () => Promise.resolve(['abc']));
    const isOld = (name: string) => scope.oldNames.functions.some((one) => name === `/aws/lambda/${one}`);
    const found = await adapter.list(scope);
    expect(found.filter(({ name }) => isOld(name))).toHaveLength(4);
    expect(found.filter(({ name }) => !isOld(name))).toEqual([
      {
        kind: 'log group', name: `/aws/lambda/${NAMES.router}`, id: `/aws/lambda/${NAMES.router}`, revision: '5',
        bytes: 7,
      },
      {
        kind: 'log group', name: 'API-Gateway-Execution-Logs_abc/dev', id: 'API-Gateway-Execution-Logs_abc/dev',
        revision: '', bytes: 0,
      },
    ]);
    await adapter.remove(sample('log group'), options);
    expect(calls.at(-1)).toEqual({ operation: 'DeleteLogGroup', input: { logGroupName: sample('log group').name } });
  });
});

describe('secrets', () => {
  test('are listed by name, are never read and never deleted', async () => {
    const { client, operations } = stubbed(new SecretsManagerClient(REGION), {
      ListSecrets: () =>
        ({
          SecretList: [
            { Name: NAMES.modelSecret('sms'), ARN: 'arn:a' },
            { Name: 'ai-multi-comms/openai-api-key/sms-prod', ARN: 'arn:b' },
          ],
        }),
    });
    expect(await secrets(client).list(scope)).toEqual(
      [{ kind: 'secret', name: NAMES.modelSecret('sms'), id: 'arn:a', revision: '' }]);
    await expect(secrets(client).remove(sample('secret'), options)).rejects.toThrow('adoption deletes none');
    expect(operations()).toEqual(['ListSecrets']);
  });
});

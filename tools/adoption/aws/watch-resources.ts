import type { CloudWatchClient, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import {
  DeleteAlarmsCommand, DeleteDashboardsCommand, paginateDescribeAlarms,
  paginateListDashboards,
} from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteLogGroupCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import type { SNSClient } from '@aws-sdk/client-sns';
import { DeleteTopicCommand, paginateListSubscriptionsByTopic, paginateListTopics } from '@aws-sdk/client-sns';
import { PRODUCT } from '../../../src/core/names';
import type { FoundTopic } from '../found-resource';
import type { StageScope } from '../stage-scope';
import type { ResourceAdapter } from './resource-adapter';
import { allOf, present, unlessGone } from './resource-adapter';

/** The alarms that bear the stage's name, and others that watch its functions, queues, tables and API. */
export function alarms(client: CloudWatchClient): ResourceAdapter<'alarm'> {
  return {
    list: async (scope) => {
      const all = await allOf(
        paginateDescribeAlarms({ client }, { AlarmTypes: ['MetricAlarm'] }), (page) => page.MetricAlarms);
      return all.flatMap((alarm) => {
        const { AlarmName: name = '', AlarmConfigurationUpdatedTimestamp: changed } = alarm;
        const watches = watchedBy(alarm);
        const concerns = scope.looksLikeOurs(name) || watches.some((value) => scope.of(value) === 'ours');
        return concerns ? [{ kind: 'alarm', name, id: name, revision: changed?.toISOString() ?? '', watches }] : [];
      });
    },
    remove: async ({ name }) => { await unlessGone(client.send(new DeleteAlarmsCommand({ AlarmNames: [name] }))); },
  };
}

function watchedBy({ Dimensions: own = [], Metrics: metrics = [] }: MetricAlarm): readonly string[] {
  return [...own, ...metrics.flatMap(({ MetricStat: stat }) => stat?.Metric?.Dimensions ?? [])].map(
    ({ Value: value = '' }) => value);
}

export function dashboards(client: CloudWatchClient): ResourceAdapter<'dashboard'> {
  return {
    list: async (scope) => {
      const all = await allOf(
        paginateListDashboards({ client }, { DashboardNamePrefix: PRODUCT }), (page) => page.DashboardEntries);
      return all.flatMap(({ DashboardName: name = '', LastModified: changed }) =>
        name === scope.names.dashboard
          ? [{ kind: 'dashboard', name, id: name, revision: changed?.toISOString() ?? '' }] : []);
    },
    remove: async ({ name }) => {
      await unlessGone(client.send(new DeleteDashboardsCommand({ DashboardNames: [name] })));
    },
  };
}

export function topics(client: SNSClient): ResourceAdapter<'topic'> {
  return {
    list: async (scope) => {
      const all = await allOf(paginateListTopics({ client }, {}), (page) => page.Topics);
      const concerned = all.filter(({ TopicArn: arn = '' }) => scope.of(nameOf(arn)) !== 'foreign');
      return present(await Promise.all(concerned.map(async ({ TopicArn: arn = '' }) => describeTopic(client, arn))));
    },
    remove: async ({ id }) => { await unlessGone(client.send(new DeleteTopicCommand({ TopicArn: id }))); },
  };
}

async function describeTopic(client: SNSClient, arn: string): Promise<FoundTopic | undefined> {
  const subscriptions = await unlessGone(
    allOf(paginateListSubscriptionsByTopic({ client }, { TopicArn: arn }), (page) => page.Subscriptions));
  return subscriptions
    && {
      kind: 'topic', name: nameOf(arn), id: arn, revision: String(subscriptions.length),
      subscriptions: subscriptions.length,
    };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

/** The groups of the stage's functions and API; other groups of the product have other owners. */
export function logGroups(
  client: CloudWatchLogsClient,
  apiIds: (scope: StageScope) => Promise<readonly string[]>): ResourceAdapter<'log group'> {
  return {
    list: async (scope) => {
      const wanted = scope.logGroups(await apiIds(scope));
      const prefixes = [
        ...scope.oldNames.functions.map((name) => `/aws/lambda/${name}`),
        `/aws/lambda/${PRODUCT}`, `/aws/apigateway/${PRODUCT}`,
        ...wanted.filter((name) => name.startsWith('API-Gateway-')),
      ];
      const pages = await Promise.all(prefixes.map(async (logGroupNamePrefix) =>
        allOf(paginateDescribeLogGroups({ client }, { logGroupNamePrefix }), (page) => page.logGroups)));
      return pages.flat().flatMap(({ logGroupName: name = '', creationTime, storedBytes: bytes = 0 }) =>
        wanted.includes(name)
          ? [{ kind: 'log group', name, id: name, revision: String(creationTime ?? ''), bytes }] : []);
    },
    remove: async ({ name }) => { await unlessGone(client.send(new DeleteLogGroupCommand({ logGroupName: name }))); },
  };
}

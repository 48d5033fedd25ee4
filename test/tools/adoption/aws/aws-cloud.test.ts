import { accountClients } from '../../../../tools/adoption/aws/account-clients';
import { awsCloud } from '../../../../tools/adoption/aws/aws-cloud';
import { KINDS } from '../../../../tools/adoption/found-resource';
import { StageScope } from '../../../../tools/adoption/stage-scope';
import { survey } from '../../../../tools/adoption/survey';
import { NAMES } from '../sample-findings';
import type { Answers } from './stubbed-client';
import { fails, stubbed } from './stubbed-client';

const scope = new StageScope('dev');

/** An account with nothing in it but what `more` answers. */
function account(more: Answers = {}) {
  const empty = () => ({});
  const lists = [
    'ListFunctions', 'ListEventSourceMappings', 'ListRoles', 'ListPolicies', 'ListTables', 'ListQueues', 'GetRestApis',
    'GetUsagePlans', 'GetApiKeys', 'GetAccount',
    'DescribeAlarms', 'ListDashboards', 'ListTopics', 'DescribeLogGroups', 'ListSecrets', 'ListStacks',
  ];
  const answers = {
    ...Object.fromEntries(lists.map((list) => [list, empty])),
    DescribeStacks: fails('ValidationError', 'it does not exist'), ...more,
  };
  const { close, ...clients } = accountClients();
  const asked: Array<() => readonly string[]> = [];
  for (const client of Object.values(clients)) {
    Object.assign(client.config, { region: async () => Promise.resolve('eu-west-1') });
    asked.push(stubbed(client, answers).operations);
  }
  return { cloud: awsCloud({ ...clients, close }), asked: () => asked.flatMap((operations) => operations()), close };
}

describe('an account on AWS', () => {
  test('is looked at kind by kind', async () => {
    const { cloud, asked, close } = account();
    expect(await survey(cloud, scope)).toEqual({ discovered: [], unreadable: [], stack: undefined });
    expect(asked()).toEqual(
      expect.arrayContaining(
        ['ListFunctions', 'ListEventSourceMappings', 'ListRoles', 'ListPolicies', 'ListTables', 'ListQueues',
          'GetApiKeys', 'ListSecrets']));
    expect(KINDS).toHaveLength(14);
    close();
  });

  test('tells whose credentials these are, and where', async () => {
    const { cloud } = account({ GetCallerIdentity: () => ({ Account: '123456789012' }) });
    expect(await cloud.account()).toEqual({ account: '123456789012', region: 'eu-west-1' });
  });

  test('looks for the logs of an API that it has deleted meanwhile', async () => {
    let apis: readonly object[] = [{ id: 'abc', name: NAMES.api }];
    const { cloud } = account({
      GetRestApis: () => ({ items: apis }),
      DescribeLogGroups: ({ logGroupNamePrefix: logGroupName }) => ({ logGroups: [{ logGroupName }] }),
    });
    const names = async () =>
      (await cloud.list('log group', scope)).map(({ name }) => name).filter((name) => name.startsWith('API-'));
    expect(await names()).toEqual(['API-Gateway-Execution-Logs_abc/dev']);
    apis = [];
    expect(await names()).toEqual(['API-Gateway-Execution-Logs_abc/dev']);
  });
});

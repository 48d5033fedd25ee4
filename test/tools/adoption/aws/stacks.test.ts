import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { importIntoStack } from '../../../../tools/adoption/aws/stack-import';
import { StackOwnership } from '../../../../tools/adoption/aws/stack-ownership';
import { readStageStack } from '../../../../tools/adoption/aws/stage-stack';
import { NAMES, sample, sampleTable } from '../sample-findings';
import type { Answers } from './stubbed-client';
import { fails, inTurn, REGION, stubbed } from './stubbed-client';

const formation = (answers: Answers) => stubbed(new CloudFormationClient(REGION), answers);
const noStack = fails('ValidationError', 'Stack for it does not exist');

describe('who owns a resource', () => {
  const listed = (ResourceType: string, PhysicalResourceId: string, ResourceStatus = 'CREATE_COMPLETE') =>
    ({ ResourceType, PhysicalResourceId, ResourceStatus });

  test('the product\'s stacks are read whole, page by page', async () => {
    const { client, operations } = formation({
      ListStacks: ({ NextToken: token }) => token === undefined
        ? {
          StackSummaries: [
            { StackName: 'ai-multi-comms-dev', StackId: 'old', StackStatus: 'DELETE_COMPLETE' },
            { StackName: 'payroll', StackId: 'p' },
          ], NextToken: 'more',
        }
        : { StackSummaries: [{ StackName: 'ai-multi-comms-dev', StackId: 'id', StackStatus: 'UPDATE_COMPLETE' }] },
      ListStackResources: ({ NextToken: token }) => token === undefined
        ? { StackResourceSummaries: [listed('AWS::Lambda::Function', NAMES.router)], NextToken: 'more' }
        : {
          StackResourceSummaries: [
            listed('AWS::SQS::Queue', `https://queue.example.com/123456789012/${NAMES.queue('sms')}`),
          ],
        },
    });
    const ownership = new StackOwnership(client);
    expect(await ownership.ownerOf(sample('function'))).toEqual({ stack: 'ai-multi-comms-dev' });
    // By account and name: the host of a queue's URL may be another one.
    expect(await ownership.ownerOf(sample('queue'))).toEqual({ stack: 'ai-multi-comms-dev' });
    expect(operations()).toEqual(['ListStacks', 'ListStacks', 'ListStackResources', 'ListStackResources']);
  });

  test('any other stack is believed by its own list, not by the answer to whose an identifier is', async () => {
    const { client } = formation({
      ListStacks: () => ({ StackSummaries: [] }),
      DescribeStackResources: () =>
        ({
          StackResources: [
            { StackId: 'id', StackName: 'payroll', ResourceType: 'AWS::SNS::Topic' },
            { StackId: 'id', StackName: 'payroll' },
          ],
        }),
      ListStackResources: () => ({ StackResourceSummaries: [listed('AWS::Lambda::Function', NAMES.router)] }),
    });
    const ownership = new StackOwnership(client);
    expect(await ownership.ownerOf(sample('function'))).toEqual({ stack: 'payroll' });
    expect(await ownership.ownerOf(sample('role', { id: NAMES.router }))).toBeUndefined();
  });

  test.each(['DELETE_SKIPPED', 'DELETE_COMPLETE', 'CREATE_FAILED'])(
    'what a stack gave up or never made (%s) is nobody\'s', async (status) => {
      const { client } = formation({
        ListStacks: () => (
          { StackSummaries: [{ StackName: 'ai-multi-comms-dev', StackId: 'id', StackStatus: 'UPDATE_COMPLETE' }] }),
        ListStackResources: () =>
          ({ StackResourceSummaries: [listed('AWS::DynamoDB::Table', NAMES.conversationTable, status)] }),
        DescribeStackResources: noStack,
      });
      expect(await new StackOwnership(client).ownerOf(sampleTable())).toBeUndefined();
    });

  test('a stack that is only announced, or goes meanwhile, owns nothing', async () => {
    const { client } = formation({
      ListStacks: () => (
        { StackSummaries: [{ StackName: 'ai-multi-comms-dev', StackId: 'id', StackStatus: 'REVIEW_IN_PROGRESS' }] }),
      ListStackResources: noStack,
      DescribeStackResources: noStack,
    });
    expect(await new StackOwnership(client).ownerOf(sampleTable())).toBeUndefined();
  });

  test('questions are asked one after the other, and a failed one does not fail the next', async () => {
    let open = 0;
    let most = 0;
    const { client } = formation({
      ListStacks: () => ({ StackSummaries: [] }),
      DescribeStackResources: async ({ PhysicalResourceId: id }: Readonly<Record<string, unknown>>) => {
        most = Math.max(most, open += 1);
        await Promise.resolve();
        open -= 1;
        if (id === 'key-1') fails('AccessDenied')();
        return { StackResources: [] };
      },
    });
    const ownership = new StackOwnership(client);
    const answers = await Promise.allSettled(
      [sample('API key'), sample('function'), sample('topic')].map(async (found) => ownership.ownerOf(found)));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(most).toBe(1);
  });
});

describe('the stage\'s stack', () => {
  test('is told with its template, parameters and the plan that it made', async () => {
    const { client } = formation({
      DescribeStacks: () =>
        ({ Stacks: [{ StackStatus: 'UPDATE_COMPLETE', Parameters: [{ ParameterKey: 'BootstrapVersion' }] }] }),
      GetTemplate: () => ({ TemplateBody: '{}' }),
      ListStackResources: () => ({
        StackResourceSummaries: [
          { ResourceType: 'AWS::ApiGateway::UsagePlan', PhysicalResourceId: 'old', ResourceStatus: 'DELETE_COMPLETE' },
          {
            ResourceType: 'AWS::ApiGateway::UsagePlan', PhysicalResourceId: 'plan-2',
            ResourceStatus: 'CREATE_COMPLETE',
          },
        ],
      }),
    });
    expect(await readStageStack(client, 'ai-multi-comms-dev')).toEqual(
      { status: 'UPDATE_COMPLETE', template: '{}', parameters: ['BootstrapVersion'], usagePlanId: 'plan-2' });
  });

  test.each([
    ['is absent', noStack, undefined],
    ['was deleted', () => ({ Stacks: [{ StackStatus: 'DELETE_COMPLETE' }] }), undefined],
    ['is only announced', () => ({ Stacks: [{ StackStatus: 'REVIEW_IN_PROGRESS' }] }),
      { status: 'REVIEW_IN_PROGRESS', template: undefined, parameters: [], usagePlanId: undefined }],
  ])('%s', async (_what, answer, expected) => {
    expect(await readStageStack(formation({ DescribeStacks: answer }).client, 'ai-multi-comms-dev')).toEqual(expected);
  });

  test('that may not be looked at says so', async () => {
    await expect(readStageStack(
      formation({ DescribeStacks: fails('AccessDenied') }).client, 'ai-multi-comms-dev')).rejects.toThrow(
      'AccessDenied');
  });
});

describe('an import', () => {
  const order = {
    stack: 'ai-multi-comms-dev', template: '{"Resources":{}}', parameters: ['BootstrapVersion'],
    resources: [{
      type: 'AWS::DynamoDB::Table', logicalId: 'Table1',
      identifier: { TableName: NAMES.conversationTable },
    }],
  };
  const stackIs = (status: string) => () => ({ Stacks: [{ StackStatus: status }] });
  const ready = () => ({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
  const noPause = async () => {};

  test('prepares a change set, waits for it, carries it out and waits for its end', async () => {
    const { client, calls } = formation({
      DescribeStacks: inTurn(noStack, stackIs('IMPORT_IN_PROGRESS'), stackIs('IMPORT_COMPLETE')),
      CreateChangeSet: () => ({}),
      DescribeChangeSet: inTurn(() => ({ Status: 'CREATE_IN_PROGRESS' }), ready),
      ExecuteChangeSet: () => ({}),
    });
    await importIntoStack(client, order, noPause);
    expect(calls.map(({ operation }) => operation)).toEqual([
      'DescribeStacks', 'CreateChangeSet', 'DescribeChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet',
      'DescribeStacks', 'DescribeStacks',
    ]);
    expect(calls[1]?.input).toMatchObject({
      StackName: 'ai-multi-comms-dev', ChangeSetType: 'IMPORT', TemplateBody: '{"Resources":{}}',
      Parameters: [{ ParameterKey: 'BootstrapVersion', UsePreviousValue: true }],
      ResourcesToImport: [
        {
          ResourceType: 'AWS::DynamoDB::Table', LogicalResourceId: 'Table1',
          ResourceIdentifier: { TableName: NAMES.conversationTable },
        },
      ],
    });
  });

  test.each([
    ['a new stack is taken away again', noStack, ['DeleteChangeSet', 'DeleteStack']],
    ['a stack that was announced by a run before as well', stackIs('REVIEW_IN_PROGRESS'),
      ['DeleteChangeSet', 'DeleteStack']],
    ['a stack that was there stays', stackIs('UPDATE_COMPLETE'), ['DeleteChangeSet']],
  ])('that CloudFormation refuses leaves nothing behind: %s', async (_what, stack, after) => {
    const { client, operations } = formation({
      DescribeStacks: stack, CreateChangeSet: () => ({}), DeleteChangeSet: () => ({}), DeleteStack: () => ({}),
      DescribeChangeSet: () => ({ Status: 'FAILED', StatusReason: 'Table not found' }),
    });
    await expect(importIntoStack(client, order, noPause)).rejects.toThrow(
      'CloudFormation refused the import: Table not found');
    expect(operations().slice(operations().indexOf('DescribeChangeSet') + 1)).toEqual(after);
  });

  test('that cannot be carried out is refused', async () => {
    const { client } = formation({
      DescribeStacks: stackIs('UPDATE_COMPLETE'), CreateChangeSet: () => ({}), DeleteChangeSet: () => ({}),
      DescribeChangeSet: () => ({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'UNAVAILABLE' }),
    });
    await expect(importIntoStack(client, order, noPause)).rejects.toThrow('it gave no reason');
  });

  test.each([
    ['undone', stackIs('IMPORT_ROLLBACK_COMPLETE'),
      /undid the import \(IMPORT_ROLLBACK_COMPLETE\).*describe-stack-events/],
    ['never ended', stackIs('IMPORT_IN_PROGRESS'), /has not finished the import after an hour/],
  ])('that is %s is told', async (_what, after, words) => {
    const { client } = formation(
      {
        DescribeStacks: inTurn(noStack, after), CreateChangeSet: () => ({}), DescribeChangeSet: ready,
        ExecuteChangeSet: () => ({}),
      });
    await expect(importIntoStack(client, order, noPause)).rejects.toThrow(words);
  });

  test('that is never prepared is told', async () => {
    const { client } = formation({
      DescribeStacks: noStack, CreateChangeSet: () => ({}), DeleteChangeSet: () => ({}), DeleteStack: () => ({}),
      DescribeChangeSet: () => ({ Status: 'CREATE_PENDING' }),
    });
    await expect(importIntoStack(client, order, noPause)).rejects.toThrow('has not prepared the import after an hour');
  });
});

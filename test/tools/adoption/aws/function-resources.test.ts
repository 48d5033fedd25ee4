import { LambdaClient } from '@aws-sdk/client-lambda';
import { functions, mappings } from '../../../../tools/adoption/aws/function-resources';
import { StageScope } from '../../../../tools/adoption/stage-scope';
import { NAMES, sample } from '../sample-findings';
import { fails, inTurn, REGION, stubbed } from './stubbed-client';

const scope = new StageScope('dev', ['dev', 'prod']);
const QUEUE = `arn:aws:sqs:eu-west-1:123456789012:${NAMES.queue('sms')}`;
const functionArn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
const options = { discardMessages: false };

describe('functions', () => {
  test('are listed over all pages, with those that only look like the stage\'s', async () => {
    const { client, calls } = stubbed(new LambdaClient(REGION), {
      ListFunctions: ({ Marker: marker }) => marker === undefined
        ? {
          Functions: [{ FunctionName: 'payroll' }, { FunctionName: NAMES.router, RevisionId: 'r1' }],
          NextMarker: 'more',
        }
        : { Functions: [{ FunctionName: 'ai-multi-comms-report-worker-dev', RevisionId: 'r2' }] },
    });
    expect(await functions(client).list(scope)).toEqual([
      { kind: 'function', name: NAMES.router, id: NAMES.router, revision: 'r1' },
      {
        kind: 'function', name: 'ai-multi-comms-report-worker-dev', id: 'ai-multi-comms-report-worker-dev',
        revision: 'r2',
      },
    ]);
    expect(calls).toHaveLength(2);
  });

  test('are deleted, and one that is gone is not a fault', async () => {
    const { client, calls } = stubbed(new LambdaClient(REGION), { DeleteFunction: fails('ResourceNotFoundException') });
    await functions(client).remove(sample('function'), options);
    expect(calls).toEqual([{ operation: 'DeleteFunction', input: { FunctionName: NAMES.router } }]);
  });

  test('that may not be deleted say why', async () => {
    const { client } = stubbed(new LambdaClient(REGION), { DeleteFunction: fails('AccessDeniedException') });
    await expect(functions(client).remove(sample('function'), options)).rejects.toThrow('AccessDeniedException');
  });
});

describe('event source mappings', () => {
  test('are those of the stage\'s functions and those of its queues and tables', async () => {
    const { client } = stubbed(new LambdaClient(REGION), {
      ListEventSourceMappings: () => ({
        EventSourceMappings: [
          { UUID: '1', FunctionArn: functionArn(`${NAMES.processor('sms')}:live`), EventSourceArn: QUEUE },
          {
            UUID: '2', FunctionArn: functionArn('payroll'),
            EventSourceArn: `arn:aws:dynamodb:eu-west-1:123456789012:table/${NAMES.companyTable}/stream/2026`,
          },
          {
            UUID: '3', FunctionArn: functionArn('payroll'),
            EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:salaries',
          },
        ],
      }),
    });
    expect(await mappings(client, async () => {}).list(scope)).toEqual([
      expect.objectContaining({ id: '1', functionName: NAMES.processor('sms'), source: NAMES.queue('sms') }),
      expect.objectContaining(
        { id: '2', functionName: 'payroll', source: NAMES.companyTable, name: `${NAMES.companyTable} → payroll` }),
    ]);
  });

  test('are gone only once Lambda knows them no more', async () => {
    const pauses: number[] = [];
    const { client, operations } = stubbed(new LambdaClient(REGION), {
      DeleteEventSourceMapping: () => ({}),
      GetEventSourceMapping: inTurn(() => ({ State: 'Deleting' }), fails('ResourceNotFoundException')),
    });
    await mappings(client, async (milliseconds) => { pauses.push(milliseconds); }).remove(
      sample('event source mapping'), options);
    expect(operations()).toEqual(['DeleteEventSourceMapping', 'GetEventSourceMapping', 'GetEventSourceMapping']);
    expect(pauses).toEqual([2000]);
  });

  test('that never go end the wait', async () => {
    const { client } = stubbed(
      new LambdaClient(REGION), { DeleteEventSourceMapping: () => ({}), GetEventSourceMapping: () => ({}) });
    await expect(mappings(client, async () => {}).remove(sample('event source mapping'), options)).rejects.toThrow(
      'still deletes it after five minutes');
  });
});

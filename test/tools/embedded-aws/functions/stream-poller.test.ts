import { filterFault, passesFilter } from '../../../../tools/embedded-aws/functions/record-filter';
import type { StreamSourceDefinition } from '../../../../tools/embedded-aws/functions/stream-source-definition';
import { StreamPoller } from '../../../../tools/embedded-aws/functions/stream-poller';
import { TableStream } from '../../../../tools/embedded-aws/services/table-stream';

const ARN = 'arn:aws:dynamodb:eu-west-1:000000000000:table/t/stream/now';
const SOURCE: StreamSourceDefinition = {
  logicalId: 'Source', functionArn: 'arn:f', streamArn: ARN, isEnabled: true, batchSize: 10, batchingWindowSeconds: 0,
  bisects: false, mostRetries: Infinity, oldestSeconds: Infinity, reportsItemFailures: true, filters: [],
};

interface Given {
  readonly Records: ReadonlyArray<{
    readonly dynamodb: { readonly SequenceNumber: string; readonly Keys: Record<string, { S: string }> };
  }>;
}

const item = (id: string, value = '') => ({ id: { S: id }, value: { S: value } });

async function follow(
  source: Partial<StreamSourceDefinition>,
  answer: (places: readonly string[], call: number) => readonly string[] | 'error',
  write: (stream: TableStream) => void,
  until: (worked: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const stream = new TableStream(ARN, ['id']);
  const worked: string[] = [];
  let calls = 0;
  const poller = new StreamPoller({
    source: { ...SOURCE, ...source },
    stream,
    region: 'eu-west-1',
    restMilliseconds: 1,
    onFault: (fault) => { throw new Error(fault); },
    invoke: async (_arn, event) => {
      const { Records: records } = event as Given;
      calls += 1;
      const failed = answer(records.map(({ dynamodb }) => dynamodb.SequenceNumber), calls);
      worked.push(...records.map(({ dynamodb }) => `${dynamodb.Keys.id?.S}:${Number(dynamodb.SequenceNumber)}`));
      if (failed === 'error') return Promise.resolve({ kind: 'errored', payload: '{}' } as never);
      const payload = JSON.stringify({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) });
      return Promise.resolve({ kind: 'answered', payload } as never);
    },
  });
  poller.start();
  write(stream);
  const end = Date.now() + 20_000;
  while (!until(worked) && Date.now() < end) await new Promise((resolve) => { setTimeout(resolve, 5); });
  await poller.stop();
  return worked;
}

test('changes of one item come in their order; a write that changes nothing is none', async () => {
  const worked = await follow({}, () => [], (stream) => {
    stream.record(undefined, item('a', '1'));
    stream.record(item('a', '1'), item('a', '2'));
    stream.record(item('a', '2'), item('a', '2'));
    stream.record(item('a', '2'), undefined);
  }, (seen) => seen.length === 3);
  expect(worked).toEqual(['a:1', 'a:2', 'a:3']);
});

test('what failed is worked again from the first failure on, and nothing behind it before', async () => {
  const worked = await follow({}, ([, second = ''], call) => (call === 1 ? [second] : []), (stream) => {
    for (const value of ['1', '2', '3']) stream.record(item('a', `${value}-`), item('a', value));
  }, (seen) => seen.length === 5);
  expect(worked).toEqual(['a:1', 'a:2', 'a:3', 'a:2', 'a:3']);
});

test('a batch that fails too often is given up, and the next one is worked', async () => {
  let given = 0;
  const worked = await follow({ mostRetries: 1, batchSize: 1 }, () => {
    given += 1;
    return given <= 2 ? 'error' : [];
  }, (stream) => {
    for (const value of ['1', '2']) stream.record(item('a', `${value}-`), item('a', value));
  }, (seen) => seen.length === 3);
  expect(worked).toEqual(['a:1', 'a:1', 'a:2']);
});

test('a filter lets no other record wake the function', async () => {
  const filters = [{ dynamodb: { Keys: { id: { S: [{ 'anything-but': ['now'] }] } } } }];
  const worked = await follow({ filters }, () => [], (stream) => {
    stream.record(undefined, item('now'));
    stream.record(undefined, item('later'));
  }, (seen) => seen.length === 1);
  expect(worked).toEqual(['later:2']);
});

test.each([
  [{ a: ['x'] }, { a: 'x' }, true], [{ a: ['x'] }, { a: 'y' }, false], [{ a: [{ prefix: 'x' }] }, { a: 'xy' }, true],
  [{ a: [{ suffix: 'x' }] }, { a: 'xy' }, false], [{ a: [{ exists: false }] }, {}, true],
  [{ a: [{ 'anything-but': ['x'] }] }, {}, false], [{ a: ['x', { prefix: 'z' }], b: [1] }, { a: 'zz', b: 1 }, true],
  [{ a: { b: ['x'] } }, { a: 'x' }, false],
])('the pattern %j and the record %j: %s', (pattern, record, passes) => {
  expect(passesFilter(pattern, record)).toBe(passes);
});

test('a comparison that is not known is named', () => {
  expect(filterFault({ a: [{ 'equals-ignore-case': 'x' }] })).toContain('equals-ignore-case');
  expect(filterFault({ a: ['x', { prefix: 'y' }] })).toBeUndefined();
});

import { FairQueue } from '../../../../tools/embedded-aws/services/fair-queue';
import type { MessageInFlight } from '../../../../tools/embedded-aws/services/fauxqs';

type Message = MessageInFlight['message'];
const message = (messageId: string): Message => ({ messageId, body: '', sentTimestamp: 0, approximateReceiveCount: 0 });
const inFlight = (count: number, prefix: string): MessageInFlight[] =>
  Array.from({ length: count }, (_none, index) => ({ message: message(`${prefix}-${index}`) }));

describe('a standard queue whose messages name groups', () => {
  let queue: FairQueue;
  beforeEach(() => {
    queue = new FairQueue();
    for (let index = 0; index < 40; index += 1) queue.note(`busy-${index}`, 'busy');
    for (const waiting of ['busy-a', 'busy-b']) queue.note(waiting, 'busy');
    for (const waiting of ['quiet-a', 'quiet-b']) queue.note(waiting, 'quiet');
  });
  const order = (held: readonly MessageInFlight[]) => {
    const waiting = ['busy-a', 'quiet-a', 'busy-b', 'quiet-b', 'without-group'].map(message);
    queue.arrange(waiting, held);
    return waiting.map(({ messageId }) => messageId);
  };

  test('gives what is quiet before what belongs to a group with thirty in flight', () => {
    expect(order(inFlight(30, 'busy'))).toEqual(['quiet-a', 'quiet-b', 'without-group', 'busy-a', 'busy-b']);
  });

  test('keeps its order below thirty in flight', () => {
    expect(order(inFlight(29, 'busy'))).toEqual(['busy-a', 'quiet-a', 'busy-b', 'quiet-b', 'without-group']);
  });

  test('keeps its order where the group holds no more than a tenth of what is in flight', () => {
    expect(order([...inFlight(30, 'busy'), ...inFlight(270, 'other')])).toEqual([
      'busy-a',
      'quiet-a',
      'busy-b',
      'quiet-b',
      'without-group',
    ]);
  });
});

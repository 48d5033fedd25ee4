import { timestamp } from '../../src/core/ports/clock';
import { approve } from '../../src/review/approve';
import { reject } from '../../src/review/reject';
import { REVIEWER, ReviewWorld } from './review-world';

const NOTE = 'The candidate has withdrawn.';

let world: ReviewWorld;
beforeEach(() => {
  world = new ReviewWorld();
});

const rejecting = (conversationId: string, reviewer = REVIEWER) =>
  reject({ conversationId, reviewer, note: NOTE }, world.reviewPorts);

test('a rejected message ends with who rejected it, when and why, and draws no more attention', async () => {
  const held = await world.heldByProof();
  expect(await rejecting(held.conversation_id)).toMatchObject({ outcome: 'rejected' });
  const record = await world.record(held);
  const at = timestamp(world.clock.now());
  expect(record).toMatchObject({
    conversation_status: 'rejected', failure_reason: 'review_rejected', hand_off_to_human: false,
    review: { decision: 'rejected', reviewer: REVIEWER, at, held_for: 'proof_failed', note: NOTE },
  });
  expect(record.history.at(-1)).toEqual({ at, status: 'rejected', reason: 'review_rejected', by: REVIEWER });
  for (const name of ['attention', 'due_at', 'failure_detail', 'hand_off_to_human_reason']) {
    expect(record).not.toHaveProperty(name);
  }
  await world.work(held);
  expect(world.provider.accepted).toEqual([]);
});

test('a rejection that is repeated keeps the first', async () => {
  const held = await world.heldByFlag();
  await rejecting(held.conversation_id);
  expect(await rejecting(held.conversation_id, 'Someone Else')).toMatchObject({
    outcome: 'rejected_before',
    conversation: { review: { reviewer: REVIEWER } },
  });
});

test('of an approval and a rejection at once one counts, and the other is told', async () => {
  const held = await world.heldByFlag();
  const order = { conversationId: held.conversation_id, reviewer: REVIEWER };
  const [approved, rejected] = await Promise.all([approve(order, world.reviewPorts), rejecting(held.conversation_id)]);
  expect([approved.outcome, rejected.outcome]).toEqual(['approved', 'not_waiting']);
  expect(await approve(order, world.reviewPorts)).toMatchObject({ outcome: 'approved_before' });
});

test('a message that was rejected cannot be approved', async () => {
  const held = await world.heldByFlag();
  await rejecting(held.conversation_id);
  expect(await approve({ conversationId: held.conversation_id, reviewer: REVIEWER }, world.reviewPorts)).toMatchObject({
    outcome: 'not_waiting',
  });
});

test('what does not wait or does not exist is not rejected', async () => {
  expect(await rejecting('nothing')).toEqual({ outcome: 'not_found' });
  const fresh = await world.accept();
  expect(await rejecting(fresh.conversation_id)).toMatchObject({ outcome: 'not_waiting' });
});

test('a rejection means the wait that the person saw, not a later one', async () => {
  const held = await world.heldByFlag();
  const order = {
    conversationId: held.conversation_id,
    reviewer: REVIEWER,
    note: NOTE,
    heldSince: '2020-01-01T00:00:00.000Z',
  };
  expect(await reject(order, world.reviewPorts)).toMatchObject({ outcome: 'held_again' });
  expect(await world.record(held)).toEqual(held);
});

import { nextAction } from '../../../src/core/lifecycle/next-action';
import { timestamp } from '../../../src/core/ports/clock';
import { findWaiting, retryWaiting } from '../../../src/operations/conversations/retry-waiting';
import { NOW, operatorsWorld } from '../../support/operators-world';

const LATER = timestamp(NOW + 60 * 60_000);
const waits = { failure_reason: 'secret_missing', retry_at: LATER, wait_count: 7 } as const;
const ME = { id: 'Sam Reyes', roles: [] };

test('only what waits for this reason, of this company, is found', async () => {
  const world = operatorsWorld();
  const found = [world.add({ ...waits }), world.add({ ...waits, conversation_status: 'composed' })];
  const others = [
    world.add({ ...waits, failure_reason: 'vendor_busy' }),
    world.add({ ...waits, company: 'zenith' }),
    world.add({ ...waits, retry_at: timestamp(NOW - 1) }),
    world.add({ failure_reason: 'secret_missing', conversation_status: 'send_unknown' }),
    world.add({ failure_reason: 'secret_missing', conversation_status: 'failed_secrets_fetch' }),
    world.add({ ...waits, project: 'rent' }),
    world.add({ ...waits, channel_method: 'email' }),
  ];
  const ids = async (repair: object) =>
    (await findWaiting(world, { reason: 'secret_missing', company: 'acme', ...repair })).found
      .map(({ request_id: id }) => id)
      .sort();
  expect(await ids({})).toEqual([...found, ...others.slice(5)].sort());
  expect(await ids({ project: 'hiring', channel: 'sms' })).toEqual([...found].sort());
});

test('each is due and queued at once, keeps its words and its reason, and remembers who asked', async () => {
  const world = operatorsWorld();
  world.add({ ...waits, conversation_status: 'composed' });
  const { found } = await findWaiting(world, { reason: 'secret_missing', company: 'acme' });
  expect(nextAction(found[0] ?? never(), NOW).next).toBe('wait_until');
  expect(await retryWaiting(world, found, ME)).toEqual({ hurried: 1, overtaken: 0 });
  const [after = never()] = world.conversations.all();
  expect(nextAction(after, NOW).next).toBe('send');
  expect(after).toMatchObject({ conversation_status: 'composed', failure_reason: 'secret_missing', wait_count: 0 });
  expect(after.history.at(-1)).toEqual({
    at: timestamp(NOW),
    status: 'composed',
    reason: 'secret_missing',
    by: 'Sam Reyes',
  });
  expect(world.queued).toEqual([after.conversation_id]);
  expect((await findWaiting(world, { reason: 'secret_missing', company: 'acme' })).found).toEqual([]);
});

test('a wait that began since keeps its time, and nothing is queued for it', async () => {
  const world = operatorsWorld();
  world.add({ ...waits });
  const { found } = await findWaiting(world, { reason: 'secret_missing', company: 'acme' });
  const [seen = never()] = found;
  world.conversations.seed({ ...seen, updated_at: timestamp(NOW + 1), failure_reason: 'vendor_busy' });
  expect(await retryWaiting(world, found, ME)).toEqual({ hurried: 0, overtaken: 1 });
  expect(world.queued).toEqual([]);
  expect(world.conversations.all()[0]).toMatchObject({ retry_at: LATER });
});

function never(): never {
  throw new Error('There is a record.');
}

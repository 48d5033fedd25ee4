import type { Selection } from '../../../src/operations/conversations/selection';
import { listConversations } from '../../../src/operations/conversations/list-conversations';
import { timestamp } from '../../../src/core/ports/clock';
import { NOW, operatorsWorld } from '../../support/operators-world';

type World = ReturnType<typeof operatorsWorld>;

async function allPages(world: World, selection: Selection, limit = 20): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | undefined; ;) {
    const page = await listConversations(world, selection, { limit, after });
    if (page.outcome !== 'read') throw new Error('The page before ended otherwise.');
    pages.push(page.found.map(({ request_id: id }) => id));
    if (page.next === undefined) return pages;
    after = page.next;
  }
}

const one = async (world: World, selection: Selection) => (await allPages(world, selection)).flat();

test('pages go from the newest to the oldest and leave none out, also those of one moment', async () => {
  const world = operatorsWorld();
  const ids = [5, 4, 3, 2, 1].map((minutesAgo) => world.add({ minutesAgo })).reverse();
  const old = Array.from({ length: 5 }, () => world.add({ minutesAgo: 9 }));
  const pages = await allPages(world, { company: 'acme', project: 'hiring' }, 2);
  expect(pages.slice(0, 2)).toEqual([ids.slice(0, 2), ids.slice(2, 4)]);
  expect(pages.flat().sort()).toEqual([...ids, ...old].sort());
  expect(pages.map(({ length }) => length)).toEqual([2, 2, 2, 2, 2]);
});

test('what is stuck comes from every shard, unless it is not due yet', async () => {
  const world = operatorsWorld();
  const stuck = [world.add({ due_at: timestamp(NOW - 1) }), world.add({ due_at: timestamp(NOW - 2) })];
  const later = world.add({ due_at: timestamp(NOW + 60_000) });
  const held = world.add({ conversation_status: 'awaiting_review', attention: 'review', due_at: timestamp(NOW - 9) });
  expect(await one(world, { state: 'stuck' })).toEqual(stuck);
  expect(await one(world, { state: 'waiting' })).toEqual([held]);
  expect((await one(world, { state: 'open' })).sort()).toEqual([...stuck, later, held].sort());
});

describe('a list holds exactly what fits every part of the selection', () => {
  const world = operatorsWorld();
  const busy = world.add({ failure_reason: 'vendor_busy', minutesAgo: 3 });
  const sent = world.add({ conversation_status: 'initial_message_sent', minutesAgo: 10 });
  const undelivered = world.add({
    conversation_status: 'initial_message_sent',
    delivery_status: 'undelivered',
    failure_reason: 'recipient_unreachable',
    minutesAgo: 20,
  });
  const failed = world.add({
    company: 'zenith',
    project: 'care',
    conversation_status: 'failed_to_send_message',
    failure_reason: 'vendor_refused',
    minutesAgo: 30,
  });
  const other = world.add({
    company: 'zenith',
    project: 'rent',
    conversation_status: 'send_unconfirmed',
    failure_reason: 'never_confirmed',
    minutesAgo: 3000,
  });
  const answered = world.add({
    conversation_status: 'initial_message_sent',
    reply_attention: 'reply',
    reply_since: timestamp(NOW - 5),
    minutesAgo: 40,
  });

  test.each<[string, Selection, readonly string[]]>([
    ['a company', { company: 'zenith' }, [failed, other]],
    ['a project', { company: 'zenith', project: 'rent' }, [other]],
    ['failures of every company', { state: 'failed' }, [undelivered, failed, other]],
    ['failures since a moment', { state: 'failed', since: timestamp(NOW - 60 * 60_000) }, [undelivered, failed]],
    ['failures until a moment', { state: 'failed', until: timestamp(NOW - 25 * 60_000) }, [failed, other]],
    ['one terminal state', { state: 'send_unconfirmed' }, [other]],
    ['one open state', { state: 'initiated' }, [busy]],
    ['a reason', { reason: 'vendor_refused' }, [failed]],
    ['a reason of another company', { reason: 'vendor_refused', company: 'acme' }, []],
    ['an answer that waits', { state: 'replied' }, [answered]],
    ['state and company', { state: 'initial_message_sent', company: 'acme' }, [sent, undelivered, answered]],
    ['a company that is not there', { company: 'nobody' }, []],
  ])('%s', async (_words, selection, ids) => {
    expect(await one(world, selection)).toEqual(ids);
  });

  test('what is open is looked for among what is open, never in every project', async () => {
    world.index.asked.length = 0;
    await one(world, { state: 'open', company: 'zenith' });
    expect(world.index.asked.every((query) => query.startsWith('attention '))).toBe(true);
  });
});

test('a person is found by any spelling of the address', async () => {
  const world = operatorsWorld();
  const id = world.add({ primary_channel: '+447700900123' });
  for (const recipient of [
    '+447700900123',
    '+44 7700 900123',
    '00447700900123'.replace(/^00/, '+'),
    'whatsapp:+447700900123',
  ]) {
    expect(await one(world, { recipient })).toEqual([id]);
  }
  world.add({ primary_channel: 'Ada.Example@Example.com' });
  expect(await one(world, { recipient: 'Ada.Example@Example.com' })).toHaveLength(1);
});

test('a page that finds too little among too many ends where it stopped, and the next goes on from there', async () => {
  const world = operatorsWorld();
  const wanted = world.add({ conversation_status: 'expired', failure_reason: 'expired', minutesAgo: 5000 });
  for (let count = 0; count < 1100; count += 1) {world.add({ conversation_status: 'initial_message_sent', minutesAgo: 1 + count });}
  const first = await listConversations(world, { company: 'acme', state: 'expired' }, { limit: 5 });
  expect(first).toMatchObject({ outcome: 'read', found: [], looked: expect.any(Number) });
  const next = first.outcome === 'read' ? first.next : undefined;
  expect(next).toBeDefined();
  const second = await listConversations(world, { company: 'acme', state: 'expired' }, { limit: 5, after: next });
  expect(second).toMatchObject({ outcome: 'read', found: [{ request_id: wanted }] });
});

test('a page\'s end names no address', async () => {
  const world = operatorsWorld();
  world.add({ minutesAgo: 1 });
  world.add({ minutesAgo: 2 });
  const page = await listConversations(world, { recipient: '+447700900123' }, { limit: 1 });
  const next = page.outcome === 'read' ? page.next ?? '' : '';
  const [at, ...rest] = JSON.parse(Buffer.from(next, 'base64url').toString('utf8')) as string[];
  expect(at).toBe(timestamp(NOW - 60_000));
  expect(rest).toEqual(Array(2).fill(expect.stringMatching(/^[\da-f]{16}$/)));
});

test.each(['', 'x', Buffer.from('["yesterday"]').toString('base64url')])('"%s" is not a page\'s end', async (after) => {
  expect(await listConversations(operatorsWorld(), { state: 'open' }, { limit: 1, after })).toEqual({
    outcome: 'unknown_page',
  });
});

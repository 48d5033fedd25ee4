import { timestamp } from '../../src/core/ports/clock';
import { GIVE_UP_AFTER, PAUSES } from '../../src/events/pause';
import { cursorAt } from '../../src/events/positions';
import { replayEvent, replaySince } from '../../src/operations/endpoints/manage-endpoints';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { answered, COMPANY, createEventTable, EVENT_TABLE, EventsWorld, TAKEN } from '../support/events-world';

let dynalite: DynaliteTables;
let world: EventsWorld;
beforeEach(async () => {
  dynalite = await startDynaliteTables();
  await createEventTable(dynalite);
  world = new EventsWorld(dynalite);
});
afterEach(async () => dynalite.stop());

test('an endpoint gets what it has not taken, in order and once', async () => {
  await world.addEndpoint('a');
  const ids = [await world.publish(), await world.publish(), await world.publish()];
  expect(await world.deliver('a')).toEqual(ids);
  expect(await world.deliver('a')).toEqual([]);
  const next = await world.publish();
  expect(await world.deliver('a')).toEqual([next]);
  expect(await world.state('a')).toMatchObject({ last_success_at: expect.any(String) });
  expect(await world.state('a')).not.toHaveProperty('lease_owner');
});

test('it gets the events of its projects alone', async () => {
  await world.addEndpoint('a', { project_ids: ['nurses'] });
  await world.publish();
  const own = await world.publish({ project_id: 'nurses' });
  await world.publish({ project_id: undefined });
  expect(await world.deliver('a')).toEqual([own]);
});

test('one that is down waits as a whole: 5 s, 5 min, 30 min, 2 h, 5 h, then each 10 h; then it goes on in order', async () => {
  await world.addEndpoint('a');
  const [one, other] = [{ data: { conversation_id: 'c1' } }, { data: { conversation_id: 'c2' } }];
  const ids = [await world.publish(one), await world.publish(one), await world.publish(other)];
  world.answer = () => answered(500);
  for (const [count, pause] of [...PAUSES, ...PAUSES.slice(-1)].entries()) {
    const before = world.posts.length;
    await world.deliver('a');
    // Asked with one event at a time while it fails.
    const asked = new Set(world.posts.slice(before).map(({ event }) => event.id));
    if (count > 0) expect([asked.size, world.posts.length - before]).toEqual([1, 2]);
    const { next_attempt_at: next = '' } = (await world.state('a')) ?? {};
    expect(Date.parse(next) - world.clock.now()).toBe(pause);
    world.clock.advance(pause - 1);
    expect(await world.deliver('a')).toEqual([]);
    world.clock.advance(1);
  }
  world.answer = () => TAKEN;
  const taken = await world.deliver('a');
  expect(taken.filter((id) => id !== ids[2])).toEqual(ids.slice(0, 2));
  expect(new Set(taken)).toEqual(new Set(ids));
  expect(await world.deliver('a')).toEqual([]);
  expect(await world.state('a')).not.toHaveProperty('failures');
  expect(await world.state('a')).not.toHaveProperty('next_attempt_at');
  expect(await world.state('a')).not.toHaveProperty('held');
});

test('what failed in passing is posted once more at once, and the endpoint is not paused', async () => {
  await world.addEndpoint('a');
  const ids: string[] = [];
  for (let count = 0; count < 12; count += 1) ids.push(await world.publish());
  const broken = new Set([ids[2], ids[7], ids[9]]);
  world.answer = (_url, id) => {
    if (!broken.delete(id)) return TAKEN;
    return id === ids[7] ? { outcome: 'failed', why: 'connection' } : answered(503);
  };
  expect(new Set(await world.deliver('a'))).toEqual(new Set(ids));
  expect(await world.deliver('a')).toEqual([]);
  expect(world.posts).toHaveLength(ids.length + 3);
  expect(await world.state('a')).not.toHaveProperty('failures');
});

test('an endpoint that is down is asked again a few times only, and one that is slow not at all', async () => {
  await world.addEndpoint('a');
  for (let count = 0; count < 40; count += 1) await world.publish();
  world.answer = () => answered(500);
  await world.deliver('a');
  expect(world.posts.length).toBeLessThanOrEqual(8 + 5);
  expect(await world.state('a')).toMatchObject({ failures: 1 });
  world.answer = () => ({ outcome: 'failed', why: 'timeout' });
  const before = world.posts.length;
  await world.addEndpoint('b');
  await world.deliver('b');
  const ofSlow = world.posts.slice(before).map(({ event: { id } }) => id);
  expect(new Set(ofSlow).size).toBe(ofSlow.length);
});

test('a redirect, a time-out and an address that is not public are failures like any other', async () => {
  for (const answer of [answered(302), { outcome: 'failed', why: 'timeout' } as const,
    { outcome: 'failed', why: 'address_not_public' } as const]) {
    const id = `e${world.posts.length}`;
    await world.addEndpoint(id);
    await world.publish();
    await world.publish();
    world.answer = () => answer;
    await world.deliver(id);
    expect(await world.state(id)).toMatchObject({ failures: 1 });
    const [note] = await world.endpoints.notes({ company_id: COMPANY, id }, 5);
    expect(note).toMatchObject({ outcome: 'failed', answer: 'why' in answer ? answer.why : '302', cause: 'event' });
  }
});

test('a pause is found when it is over, and the queue calls for a short one', async () => {
  await world.addEndpoint('a');
  await world.publish();
  await world.publish();
  world.answer = () => answered(503);
  await world.deliver('a');
  expect(world.calls).toEqual([{ company: COMPANY, endpoint: 'a', delaySeconds: 5 }]);
  expect(await world.endpoints.due(timestamp(world.clock.now()), 10)).toEqual([]);
  world.clock.advance(5_000);
  expect(await world.endpoints.due(timestamp(world.clock.now()), 10)).toEqual([{ company: COMPANY, id: 'a' }]);
  world.answer = () => TAKEN;
  await world.deliver('a');
  expect(await world.endpoints.due(timestamp(world.clock.now() + 1e9), 10)).toEqual([]);
});

test('one that answers 410 gets nothing more, and the company\'s other endpoints learn of it', async () => {
  await world.addEndpoint('a');
  await world.addEndpoint('b');
  await world.publish();
  world.answer = (url) => (url.includes('//a.') ? answered(410) : TAKEN);
  await world.deliver('a');
  expect(await world.state('a')).toMatchObject({ disabled_reason: 'gone' });
  expect(world.observer.counted('EndpointDisabled')).toBe(1);
  world.clock.advance(2_000);
  await world.deliver('b');
  expect(world.posts.at(-1)).toMatchObject({ url: 'https://b.example.com/', event: { type: 'endpoint.disabled' } });
  await world.publish();
  expect(await world.deliver('a')).toEqual([]);
});

test('three days of failure disable it; a test that it takes puts it to work where it stopped', async () => {
  await world.addEndpoint('a');
  const id = await world.publish();
  world.answer = () => answered(500);
  await world.deliver('a');
  world.clock.advance(GIVE_UP_AFTER);
  await world.deliver('a');
  expect(await world.state('a')).toMatchObject({ disabled_reason: 'failed_for_days' });
  await world.deliver('a', { test: 'test-1' });
  expect(await world.state('a')).toMatchObject({ disabled_reason: 'failed_for_days' });
  world.answer = () => TAKEN;
  expect(await world.deliver('a', { test: 'test-2' })).toEqual(['test-2']);
  expect(await world.state('a')).not.toHaveProperty('disabled_at');
  expect(await world.deliver('a')).toEqual([id]);
});

test('while one endpoint hangs, another is served', async () => {
  await world.addEndpoint('dead');
  await world.addEndpoint('live');
  const id = await world.publish();
  let free: () => void = () => undefined;
  const hanging = new Promise<void>((resolve) => { free = resolve; });
  world.answer = async (url) => {
    if (url.includes('live')) return TAKEN;
    await hanging;
    return { outcome: 'failed', why: 'timeout' };
  };
  const stuck = world.deliver('dead');
  await world.deliver('live');
  expect(world.posts.filter(({ url }) => url.includes('live')).map(({ event }) => event.id)).toEqual([id]);
  free();
  await stuck;
});

test('a call that meets a worker at work is not lost: the worker looks once more', async () => {
  await world.addEndpoint('a');
  const first = await world.publish();
  let second = '';
  world.answer = async (_url, id) => {
    if (id === first) {
      second = await world.publish();
      await world.deliver('a');
    }
    return TAKEN;
  };
  await world.deliver('a');
  expect(world.posts.map(({ event }) => event.id)).toEqual([first, second]);
});

test('what was published a moment ago waits until the order is settled', async () => {
  await world.addEndpoint('a');
  const id = await world.publish();
  world.clock.advance(-1_900);
  const before = world.clock.now();
  expect(await world.deliver('a')).toEqual([id]);
  expect(world.clock.now() - before).toBeGreaterThan(800);
});

test('a worker that died is replaced once its lease is over', async () => {
  await world.addEndpoint('a');
  const id = await world.publish();
  const lease = (owner: string) => (
    { owner, now: timestamp(world.clock.now()), until: timestamp(world.clock.now() + 90_000) }
  );
  expect(await world.endpoints.take(COMPANY, 'a', lease('dead'))).toBeDefined();
  expect(await world.deliver('a')).toEqual([]);
  world.clock.advance(90_001);
  expect(await world.deliver('a')).toEqual([id]);
});

test('a month is replayed in order behind nobody else, and an old worker does not undo it', async () => {
  await world.addEndpoint('a');
  await world.addEndpoint('b');
  const ids: string[] = [];
  for (let day = 0; day < 60; day += 1) {
    ids.push(await world.publish());
    world.clock.advance(12 * 3_600_000);
  }
  await world.deliver('a');
  await world.deliver('b');
  const old = await world.endpoints.find(COMPANY, 'a');
  if (!old) throw new Error('the endpoint is gone');
  const ports = { deliveries: world.ports.queue, endpoints: world.endpoints, events: world.log };
  expect(await replaySince(ports, old, 0)).toBe(true);
  const progress = { owner: 'old', epoch: old.state.epoch, cursor: old.state.cursor, held: [] };
  expect(await world.endpoints.release(old, progress, { anyway: true })).toBe(false);
  expect(await world.deliver('b')).toEqual([]);
  expect(await world.deliver('a')).toEqual(ids);
});

test('one event is sent again by its identifier, to one endpoint, and by no other company', async () => {
  await world.addEndpoint('a');
  const id = await world.publish();
  await world.deliver('a');
  const ports = { deliveries: world.ports.queue, events: world.log };
  const endpoint = { company_id: COMPANY, id: 'a' };
  expect(await replayEvent(ports, [endpoint], 'another', id)).toBe(false);
  expect(await replayEvent(ports, [endpoint], COMPANY, id)).toBe(true);
  expect(await world.deliver('a', world.calls.at(-1))).toEqual([id]);
  expect(await world.endpoints.notes(endpoint, 1)).toMatchObject([{ cause: 'replay', outcome: 'taken', event_id: id }]);
});

test('what a recipient wrote goes only where it is asked for, and not after the person was erased', async () => {
  const item = { primary_channel: 'thread#t', conversation_id: 'message#000000000001', content: 'From May on.' };
  await dynalite.records.put({ TableName: dynalite.tables.conversations, Item: item });
  const bodies: unknown[] = [];
  const { ports } = world;
  const post: typeof ports.transport.post = async ({ body }) => {
    bodies.push((JSON.parse(body) as { readonly data: { readonly text?: unknown } }).data.text);
    return Promise.resolve(TAKEN);
  };
  Object.defineProperty(world, 'ports', { value: { ...ports, transport: { post } } });
  await world.addEndpoint('plain');
  await world.addEndpoint('text', { include: ['text'] });
  const words = { kind: 'reply', thread: 't', position: item.conversation_id } as const;
  await world.publish({ type: 'reply.received', words });
  await world.deliver('plain');
  await world.deliver('text');
  await dynalite.records.delete({
    TableName: dynalite.tables.conversations,
    Key: { primary_channel: item.primary_channel, conversation_id: item.conversation_id },
  });
  await world.endpoints.rewind(COMPANY, 'text', cursorAt(0));
  await world.deliver('text');
  expect(bodies).toEqual([undefined, 'From May on.', null]);
});

describe('an event that is never taken', () => {
  const isOf = (record: string) => ({ data: { conversation_id: record } });

  test('holds back its own record, in order, and no other one, also where nothing else comes for hours', async () => {
    await world.addEndpoint('a');
    const [bad, behind] = [await world.publish(isOf('bad')), await world.publish(isOf('bad'))];
    world.answer = (_url, id) => (id === bad ? answered(400) : TAKEN);
    for (const pause of PAUSES) {
      expect(await world.deliver('a')).toEqual([bad]);
      expect((await world.state('a'))?.held).toMatchObject([{ record: 'bad', positions: expect.any(Array) }]);
      expect(await world.deliver('a')).toEqual([]);
      // Another record's event is taken at once, whatever the pause is.
      const other = await world.publish();
      expect(await world.deliver('a')).toEqual([other]);
      world.clock.advance(pause);
    }
    const later = await world.publish(isOf('bad'));
    world.answer = () => TAKEN;
    expect(await world.deliver('a')).toEqual([bad, behind, later]);
    expect(await world.state('a')).not.toHaveProperty('held');
  });

  test('is asked for by the queue when it is due, and by the scheduled run', async () => {
    await world.addEndpoint('a');
    const bad = await world.publish();
    world.answer = (_url, id) => (id === bad ? answered(400) : TAKEN);
    await world.deliver('a');
    expect(world.calls).toEqual([{ company: COMPANY, endpoint: 'a', delaySeconds: 5 }]);
    world.clock.advance(5_000);
    expect(await world.endpoints.due(timestamp(world.clock.now()), 10)).toEqual([{ company: COMPANY, id: 'a' }]);
    await world.deliver('a');
    world.clock.advance(5 * 60_000);
    await world.deliver('a');
    // Half an hour is longer than the queue can hold a call back.
    expect(world.calls.map(({ delaySeconds }) => delaySeconds)).toEqual([5, 300]);
  });

  test('comes once more at once after a replay, in its order', async () => {
    await world.addEndpoint('a');
    const first = await world.publish(isOf('one'));
    const bad = await world.publish(isOf('one'));
    world.answer = (_url, id) => (id === bad ? answered(400) : TAKEN);
    await world.deliver('a');
    world.answer = () => TAKEN;
    await world.endpoints.rewind(COMPANY, 'a', cursorAt(0));
    expect(await world.deliver('a')).toEqual([first, bad]);
    expect(await world.state('a')).not.toHaveProperty('held');
  });

  test('is forgotten once its time is over', async () => {
    await world.addEndpoint('a');
    const bad = await world.publish();
    world.answer = (_url, id) => (id === bad ? answered(400) : TAKEN);
    await world.deliver('a');
    const [{ positions: [position = ''] = [] } = {}] = (await world.state('a'))?.held ?? [];
    await dynalite.records.delete({
      TableName: EVENT_TABLE, Key: { owner_key: `events#${COMPANY}`, item_key: position },
    });
    world.clock.advance(5_000);
    expect(await world.deliver('a')).toEqual([]);
    const next = await world.publish();
    expect(await world.deliver('a')).toEqual([next]);
    expect(await world.state('a')).not.toHaveProperty('held');
  });

  test('no longer holds its endpoint back once a hundred events wait behind such ones: new ones wait, none is lost', async () => {
    await world.addEndpoint('a');
    const ids: string[] = [];
    for (let count = 0; count < 120; count += 1) ids.push(await world.publish(isOf(`r${count % 2}`)));
    const good = await world.publish(isOf('good'));
    const bad = new Set(ids.slice(0, 2));
    world.answer = (_url, id) => (bad.has(id) ? answered(400) : TAKEN);
    await world.deliver('a');
    expect((await world.state('a'))?.held?.flatMap(({ positions }) => positions).length).toBeLessThanOrEqual(100);
    world.answer = () => TAKEN;
    world.clock.advance(5_000);
    await world.deliver('a');
    expect(new Set(world.posts.map(({ event }) => event.id))).toEqual(new Set([...ids, good]));
    expect(await world.state('a')).not.toHaveProperty('held');
  });
});

test('an endpoint that goes down amid a page is called for what is left alone, each record in its order', async () => {
  await world.addEndpoint('a');
  const ids: string[] = [];
  for (let count = 0; count < 40; count += 1) {
    ids.push(await world.publish({ data: { conversation_id: `c${count % 20}` } }));
  }
  const taken: string[] = [];
  const takes = (most: number) => (_url: string, id: string) => {
    if (taken.length >= most) return answered(500);
    taken.push(id);
    return TAKEN;
  };
  world.answer = takes(11);
  await world.deliver('a');
  expect(await world.state('a')).toMatchObject({ failures: 1 });
  world.clock.advance(5_000);
  world.answer = takes(Infinity);
  await world.deliver('a');
  expect(taken).toHaveLength(40);
  expect(new Set(taken)).toEqual(new Set(ids));
  for (let record = 0; record < 20; record += 1) {
    expect(taken.filter((id) => [ids[record], ids[record + 20]].includes(id))).toEqual([ids[record], ids[record + 20]]);
  }
});

test('nothing is begun once the time is over: the next call goes on with what is left', async () => {
  await world.addEndpoint('a');
  const ids: string[] = [];
  for (let count = 0; count < 30; count += 1) ids.push(await world.publish());
  world.answer = () => {
    world.clock.advance(4_000);
    return TAKEN;
  };
  // Thirty seconds are over after eight of them, of which eight are under way at once.
  const first = await world.deliver('a');
  expect(first.length).toBeLessThan(20);
  expect(world.calls).toContainEqual({ company: COMPANY, endpoint: 'a' });
  world.answer = () => TAKEN;
  const second = await world.deliver('a');
  expect([...first, ...second].sort()).toEqual([...ids].sort());
});

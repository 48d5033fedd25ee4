import { DynamoDbRunLease } from '../../src/records/dynamodb-run-lease';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

let dynalite: DynaliteTables;
let names = 0;
beforeAll(async () => {
  dynalite = await startDynaliteTables();
});
afterAll(() => dynalite.stop());

const newLease = () =>
  new DynamoDbRunLease(dynalite.records, dynalite.tables.conversations, `sample-${(names += 1)}`);

test('of runs that begin at once, one gets the lease', async () => {
  const lease = newLease();
  const owners = ['one', 'two', 'three', 'four'];
  const taken = await Promise.all(owners.map((owner) => lease.take({ owner, now: 0, until: 55 })));
  expect(taken.filter(Boolean)).toHaveLength(1);
});

test('a lease that was given back, or has run out, is taken by the next run; until then by none', async () => {
  const lease = newLease();
  expect(await lease.take({ owner: 'one', now: 0, until: 55 })).toBe(true);
  expect(await lease.take({ owner: 'two', now: 54, until: 100 })).toBe(false);
  expect(await lease.take({ owner: 'two', now: 55, until: 100 })).toBe(true);
  await lease.release('two');
  expect(await lease.take({ owner: 'three', now: 56, until: 100 })).toBe(true);
});

test('a repeated write is the same run, and a run that was replaced releases nothing', async () => {
  const lease = newLease();
  expect(await lease.take({ owner: 'one', now: 0, until: 55 })).toBe(true);
  expect(await lease.take({ owner: 'one', now: 1, until: 55 })).toBe(true);
  expect(await lease.take({ owner: 'two', now: 60, until: 100 })).toBe(true);
  await lease.release('one');
  expect(await lease.take({ owner: 'three', now: 61, until: 100 })).toBe(false);
});

test('leases of other names do not keep each other waiting', async () => {
  const [one, other] = [newLease(), newLease()];
  expect(await one.take({ owner: 'one', now: 0, until: 55 })).toBe(true);
  expect(await other.take({ owner: 'two', now: 0, until: 55 })).toBe(true);
});

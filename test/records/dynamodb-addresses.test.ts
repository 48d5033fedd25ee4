import type { Directory } from '../../src/core/ports/directory';
import type { RecipientAliases } from '../../src/core/ports/recipient-aliases';
import { DynamoDbAddresses } from '../../src/records/dynamodb-addresses';
import { DynamoDbDirectory } from '../../src/records/dynamodb-directory';
import { DynamoDbOptOuts } from '../../src/records/dynamodb-opt-outs';
import { DynamoDbRecipientConversations } from '../../src/records/dynamodb-recipient-conversations';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { FakeClock } from '../support/fake-clock';
import { MemoryDirectory } from '../support/memory-directory';

const AT = '2026-11-22T10:00:00.000Z';
const SENDER = '447700900001';

let dynalite: DynaliteTables;
let people = 0;
beforeAll(async () => { dynalite = await startDynaliteTables(); });
afterAll(() => dynalite.stop());

/** A number and a business-scoped identifier of a person that no other test knows. */
function person() {
  people += 1;
  return { address: `+4477009${String(10_000 + people)}`, alias: `GB.134912086553${people}` };
}

const onTables = () => ({
  directory: new DynamoDbDirectory(dynalite.records, dynalite.tables, new FakeClock()) as Directory,
  aliases: new DynamoDbAddresses(dynalite.records, dynalite.tables.conversations) as RecipientAliases,
});

function inMemory(): { readonly directory: Directory; readonly aliases: RecipientAliases } {
  const directory = new MemoryDirectory();
  return { directory, aliases: directory.aliases };
}

describe.each([['on the tables', onTables], ['in memory', inMemory]])('aliases %s', (_where, made) => {
  const stop = (recipient: string, event = 'SM1') => ({ recipient, sender: SENDER, at: AT, source: 'reply', event });

  test('are known from either end, once they are learned', async () => {
    const [{ aliases }, { address, alias }] = [made(), person()];
    expect(await aliases.aliasesOf({ address, company: 'acme' })).toEqual([]);
    await aliases.learn({ company: 'acme', address: `whatsapp:${address}`, alias: `whatsapp:${alias}`, at: AT });
    expect(await aliases.aliasesOf({ address, company: 'acme' })).toEqual([alias]);
    expect(await aliases.aliasesOf({ address: alias, company: 'acme' })).toEqual([address]);
    expect(await aliases.aliasesOf({ address })).toEqual([alias]);
  });

  test('mean the person to the company alone whose vendor reported them', async () => {
    const [{ aliases, directory }, { address, alias }] = [made(), person()];
    await aliases.learn({ company: 'acme', address, alias, at: AT });
    await directory.addOptOut(stop(alias));
    expect(await aliases.aliasesOf({ address, company: 'other' })).toEqual([]);
    expect(await directory.optedOutOf({ recipient: address, company: 'other' })).toEqual([]);
    expect(await directory.optedOutOf({ recipient: address, company: 'acme' })).toEqual([SENDER]);
  });

  test('make a stop count that came before them, for each address that is learned later', async () => {
    const [{ aliases, directory }, one, other] = [made(), person(), person()];
    await directory.addOptOut(stop(one.alias));
    expect(await directory.optedOutOf({ recipient: one.address, company: 'acme' })).toEqual([]);
    await aliases.learn({ company: 'acme', address: one.address, alias: one.alias, at: AT });
    expect(await directory.optedOutOf({ recipient: one.address, company: 'acme' })).toEqual([SENDER]);
    await aliases.learn({ company: 'acme', address: other.address, alias: one.alias, at: AT });
    expect(await directory.optedOutOf({ recipient: other.address, company: 'acme' })).toEqual([SENDER]);
  });

  test('let a lift from either end undo a stop from the other', async () => {
    const [{ aliases, directory }, { address, alias }] = [made(), person()];
    await aliases.learn({ company: 'acme', address, alias, at: AT });
    await directory.addOptOut(stop(alias, 'SM1'));
    await directory.removeOptOut({ recipient: address, sender: SENDER, at: AT, event: 'SM2', company: 'acme' });
    expect(await directory.optedOutOf({ recipient: address, company: 'acme' })).toEqual([]);
    await directory.addOptOut(stop(address, 'SM3'));
    await directory.removeOptOut({ recipient: alias, sender: SENDER, at: AT, event: 'SM4', company: 'acme' });
    expect(await directory.optedOutOf({ recipient: address, company: 'acme' })).toEqual([]);
  });

  test('let no replayed lift undo a later stop, at either end', async () => {
    const [{ aliases, directory }, { address, alias }] = [made(), person()];
    await aliases.learn({ company: 'acme', address, alias, at: AT });
    const lift = { recipient: address, sender: SENDER, at: AT, event: 'SM-start', company: 'acme' };
    await directory.removeOptOut(lift);
    await directory.addOptOut(stop(alias, 'SM-stop'));
    await directory.removeOptOut(lift);
    expect(await directory.optedOutOf({ recipient: address, company: 'acme' })).toEqual([SENDER]);
  });

  test.each([
    ['two numbers', '+447700900190', '+447700900191'],
    ['a number and an e-mail address', '+447700900192', 'ada@example.com'],
    ['two identifiers', 'GB.1', 'GB.2'],
    ['nobody', 'Anonymous', 'GB.3'],
    ['an empty identifier', '+447700900193', ''],
  ])('are not learned from %s', async (_what, address, alias) => {
    const { aliases } = made();
    await aliases.learn({ company: 'acme', address, alias, at: AT });
    expect(await aliases.aliasesOf({ address })).toEqual([]);
    expect(await aliases.aliasesOf({ address: alias })).toEqual([]);
  });
});

test.each([
  ['a number of Mexico', '+525512345678', 'whatsapp:+5215512345678'],
  ['a number of Brazil', '+5511987654321', '+551187654321'],
  ['an RCS address', '+447700900170', 'rcs:+447700900170'],
  ['a mail address in capitals', 'Stop@Example.com', 'STOP@example.COM'],
])('a stop by the other spelling of %s counts', async (_what, sent, from) => {
  for (const { directory } of [onTables(), inMemory()]) {
    await directory.addOptOut({ recipient: from, sender: SENDER, at: AT, source: 'reply' });
    expect(await directory.optedOutOf({ recipient: sent, company: 'acme' })).toEqual([SENDER]);
  }
});

test('a stop that is stored under a spelling of before counts, and is lifted', async () => {
  const { directory } = onTables();
  const key = { primary_channel: '+5215598765432', conversation_id: 'opt-out' };
  await dynalite.records.put({
    TableName: dynalite.tables.conversations,
    Item: { ...key, senders: { [SENDER]: { at: AT, source: 'reply' } } },
  });
  expect(await directory.optedOutOf({ recipient: '+525598765432', company: 'acme' })).toEqual([SENDER]);
  await directory.removeOptOut({ recipient: '+525598765432', sender: SENDER, at: AT, company: 'acme' });
  expect(await directory.optedOutOf({ recipient: '+525598765432', company: 'acme' })).toEqual([]);
});

test('nobody opts out of anything', async () => {
  const { directory } = onTables();
  await directory.addOptOut({ recipient: 'Anonymous', sender: SENDER, at: AT, source: 'reply' });
  expect(await directory.optedOutOf({ recipient: 'Anonymous', company: 'acme' })).toEqual([]);
});

test('a pair that is known is not written again, by this function or another', async () => {
  const { address, alias } = person();
  const pair = { company: 'acme', address, alias, at: AT };
  const [first, second] = [onTables(), onTables()];
  await first.aliases.learn(pair);
  const send = jest.spyOn(dynalite.records.client, 'send');
  await first.aliases.learn(pair);
  expect(send).toHaveBeenCalledTimes(0);
  await second.aliases.learn(pair);
  expect(send.mock.calls.map(([command]) => command.constructor.name)).toEqual(['GetItemCommand']);
  send.mockRestore();
});

test('a person has twenty names at a company at most, and keeps the first', async () => {
  const { address } = person();
  const { aliases } = onTables();
  for (let index = 0; index < 25; index += 1) {
    await aliases.learn({ company: 'acme', address, alias: `GB.9${index}`, at: AT });
  }
  const known = await aliases.aliasesOf({ address, company: 'acme' });
  expect(known).toHaveLength(20);
  expect(known).toContain('GB.90');
});

test('an operator sees what a person opted out of under any name, each sender once with the first moment', async () => {
  const { address, alias } = person();
  const { aliases, directory } = onTables();
  await aliases.learn({ company: 'acme', address, alias, at: AT });
  await directory.addOptOut({ recipient: alias, sender: 'one', at: '2026-11-02', source: 'reply' });
  await directory.addOptOut({ recipient: address, sender: 'one', at: '2026-11-03', source: 'vendor' });
  await directory.addOptOut({ recipient: address, sender: 'two', at: '2026-11-01', source: 'vendor' });
  const optOuts = new DynamoDbOptOuts(dynalite.records, dynalite.tables.conversations);
  expect(await optOuts.list(address)).toEqual([
    { sender: 'two', at: '2026-11-01', source: 'vendor' },
    { sender: 'one', at: '2026-11-02', source: 'reply' },
  ]);
  await optOuts.remove({ recipient: address, sender: 'one', at: AT });
  expect((await optOuts.list(alias)).map(({ sender }) => sender)).toEqual(['two']);
});

describe('the conversations of a person are found', () => {
  const recipients = () => new DynamoDbRecipientConversations(dynalite.records, dynalite.tables.conversations);
  const put = async (recipient: string, id: string) => dynalite.records.put({
    TableName: dynalite.tables.conversations, Item: { primary_channel: recipient, conversation_id: id, created_at: AT },
  });

  test('by a business-scoped identifier that was learned', async () => {
    const { address, alias } = person();
    await put(address, `acme#p#1#${SENDER}`);
    const query = { recipient: alias, sender: SENDER, company: 'acme' };
    expect(await recipients().newest(query)).toBeUndefined();
    await onTables().aliases.learn({ company: 'acme', address, alias, at: AT });
    expect(await recipients().newest(query)).toEqual({
      primary_channel: address,
      conversation_id: `acme#p#1#${SENDER}`,
    });
  });

  test('by another spelling of the number, where they lie under either', async () => {
    await put('+525511111111', `acme#p#1#${SENDER}`);
    await put('+5215522222222', `acme#p#2#${SENDER}`);
    expect(await recipients().newest({ recipient: '+5215511111111', sender: SENDER, company: 'acme' })).toMatchObject({
      primary_channel: '+525511111111',
    });
    expect(await recipients().newest({ recipient: '+525522222222', sender: SENDER, company: 'acme' })).toMatchObject({
      primary_channel: '+5215522222222',
    });
  });

  test('by another spelling that no rule gives, once it is kept', async () => {
    await put('+4407700900188', `acme#p#3#${SENDER}`);
    const query = { recipient: '+447700900188', sender: SENDER, company: 'acme' };
    expect(await recipients().newest(query)).toBeUndefined();
    await new DynamoDbAddresses(dynalite.records, dynalite.tables.conversations).addSpelling('+4407700900188', AT);
    expect(await recipients().newest(query)).toMatchObject({ primary_channel: '+4407700900188' });
  });

  test('whatever the letter case of the company\'s own address', async () => {
    await put('case@example.com', 'acme#p#4#Talent@Example.com');
    expect(
      await recipients().newest({ recipient: 'Case@example.com', sender: 'talent@example.com', company: 'acme' }),
    ).toMatchObject({ primary_channel: 'case@example.com' });
  });
});

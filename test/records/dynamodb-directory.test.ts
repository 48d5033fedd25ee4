import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { IdempotencyRecord } from '../../src/core/ports/directory';
import { DynamoDbAddresses } from '../../src/records/dynamodb-addresses';
import { DynamoDbDirectory } from '../../src/records/dynamodb-directory';
import { grantItemKey, idempotencyItemKey, optOutItemKey } from '../../src/records/item-keys';
import { TableClient } from '../../src/records/table-client';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { FakeClock } from '../support/fake-clock';
import { MemoryDirectory } from '../support/memory-directory';
import { sampleConversation, sampleIdempotencyRecord } from '../support/sample-message';
import { failingTables } from '../support/scripted-tables';

const RECIPIENT = '+447700900123';
const COMPANY = {
  company_id: 'brightpath',
  project_id: 'cv-review',
  company_name: 'Brightpath Recruitment',
  allowed_channels: new Set(['sms']),
};
const GRANT = {
  project_ids: ['cv-review'],
  created_at: '2026-01-01T00:00:00.000Z',
  expires_at: '2027-01-01T00:00:00.000Z',
};

let dynalite: DynaliteTables;
let directory: DynamoDbDirectory;
let requests = 0;

beforeAll(async () => {
  dynalite = await startDynaliteTables();
  directory = new DynamoDbDirectory(dynalite.records, dynalite.tables, new FakeClock());
  await put('companies', COMPANY);
  await put('companies', { ...grantItemKey('hash'), owner_company_id: 'brightpath', ...GRANT });
});
afterAll(() => dynalite.stop());

async function put(table: 'companies' | 'conversations', item: Readonly<Record<string, unknown>>): Promise<void> {
  await dynalite.client.send(new PutCommand({ TableName: dynalite.tables[table], Item: item }));
}

function freshIdempotencyRecord(): IdempotencyRecord {
  requests += 1;
  const requestId = `00000000-0000-4000-8000-${String(requests).padStart(12, '0')}`;
  return sampleIdempotencyRecord(sampleConversation({ now: Date.parse('2026-11-02T09:00:00.000Z'), requestId }));
}

const query = (requestId: string, changes: object = {}) =>
  ({ keyHash: 'hash', companyId: 'brightpath', projectId: 'cv-review', requestId, recipient: RECIPIENT, ...changes });

describe('loadForAccept', () => {
  test('is key, company, idempotency record and opt-outs as they are stored', async () => {
    const idempotency = freshIdempotencyRecord();
    await directory.putIdempotencyRecord(idempotency);
    await directory.addOptOut({
      recipient: '+447700900199',
      sender: '447700900002',
      at: '2026-10-01T00:00:00.000Z',
      source: 'reply',
    });
    expect(await directory.loadForAccept(query(idempotency.request_id, { recipient: '+447700900199' }))).toEqual({
      key: { company_id: 'brightpath', ...GRANT },
      company: COMPANY,
      idempotency,
      optedOutOf: ['447700900002'],
    });
  });

  test('of what does not exist is empty', async () => {
    expect(await directory.loadForAccept(query('none', { keyHash: 'other', companyId: 'nobody' }))).toEqual({
      optedOutOf: [],
    });
  });

  test('is one call, strongly consistent', async () => {
    const send = jest.spyOn(dynalite.records.client, 'send');
    await directory.loadForAccept(query('none'));
    expect(send).toHaveBeenCalledTimes(1);
    const consistent = { ConsistentRead: true };
    expect(send.mock.calls[0]?.[0].input).toMatchObject({
      RequestItems: { 'company-data': consistent, 'conversations': consistent },
    });
    send.mockRestore();
  });

  test('sees a changed company record at once', async () => {
    const company = { ...COMPANY, project_id: 'changing', project_status: 'active' };
    await put('companies', company);
    await put('companies', { ...company, project_status: 'inactive' });
    expect((await directory.loadForAccept(query('none', { projectId: 'changing' }))).company).toMatchObject({
      project_status: 'inactive',
    });
  });
});

describe('a grant', () => {
  test('is found by the key\'s hash alone, and a revoked one is not found a moment longer', async () => {
    const send = jest.spyOn(dynalite.records.client, 'send');
    await directory.keyGrant('hash');
    expect(send.mock.calls[0]?.[0].input).toMatchObject({ ConsistentRead: true });
    send.mockRestore();
    expect(await directory.keyGrant('hash')).toEqual({ company_id: 'brightpath', ...GRANT });
    expect(await directory.keyGrant('other')).toBeUndefined();
  });

  test('may name its projects in a string set, and be revoked', async () => {
    const item = {
      owner_company_id: 'brightpath',
      project_ids: new Set(['one', 'two']),
      created_at: 'then',
      revoked_at: '2026-05-01T00:00:00.000Z',
    };
    await put('companies', { ...grantItemKey('set'), ...item });
    expect(await directory.keyGrant('set')).toEqual({
      company_id: 'brightpath', project_ids: ['one', 'two'], created_at: 'then', revoked_at: '2026-05-01T00:00:00.000Z',
    });
  });

  test('with fields of the wrong kind grants nothing by them', async () => {
    await put('companies', {
      ...grantItemKey('odd'),
      owner_company_id: 'brightpath',
      project_ids: 'cv-review',
      expires_at: 1_800_000_000,
      revoked_at: null,
    });
    expect(await directory.keyGrant('odd')).toEqual({
      company_id: 'brightpath',
      project_ids: [],
      created_at: '',
      expires_at: '',
    });
    await put('companies', { ...grantItemKey('ownerless'), project_ids: ['*'] });
    expect(await directory.keyGrant('ownerless')).toBeUndefined();
  });
});

describe('an idempotency record', () => {
  test('is put once; the next is answered with the first', async () => {
    const idempotency = freshIdempotencyRecord();
    expect(await directory.putIdempotencyRecord(idempotency)).toBeUndefined();
    expect(await directory.putIdempotencyRecord({ ...idempotency, body_hash: 'b'.repeat(64) })).toEqual(idempotency);
    expect((await directory.loadForProcessing(query(idempotency.request_id))).idempotency).toEqual(idempotency);
  });

  test('of many at once has one winner', async () => {
    const idempotency = freshIdempotencyRecord();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_value, index) =>
        directory.putIdempotencyRecord({ ...idempotency, accepted_at: `moment ${index}` }),
      ),
    );
    const [first, ...others] = answers.filter((answer) => answer !== undefined);
    expect(others).toHaveLength(6);
    expect(others.every(({ accepted_at }) => accepted_at === first?.accepted_at)).toBe(true);
  });

  test('whose writing was repeated by the SDK is still the first', async () => {
    const idempotency = freshIdempotencyRecord();
    await directory.putIdempotencyRecord(idempotency);
    expect(await directory.putIdempotencyRecord(idempotency)).toBeUndefined();
  });

  test('is not in any index: it has none of their keys', async () => {
    const idempotency = freshIdempotencyRecord();
    const send = jest.spyOn(dynalite.records.client, 'send');
    await directory.putIdempotencyRecord(idempotency);
    const { input } = send.mock.calls[0]?.[0] ?? {};
    send.mockRestore();
    expect(Object.keys(input && 'Item' in input ? (input.Item ?? {}) : {})).toEqual([
      'primary_channel',
      'conversation_id',
      'body_hash',
      'conversation',
      'accepted_at',
      'time_to_live',
    ]);
  });

  test('that stands in the way but cannot be read is an error that says so', async () => {
    const idempotency = freshIdempotencyRecord();
    await put('conversations', {
      ...idempotencyItemKey(idempotency.company_id, idempotency.project_id, idempotency.request_id),
      body_hash: 'x',
    });
    await expect(directory.putIdempotencyRecord(idempotency)).rejects.toThrow(/cannot be read/);
  });

  test('that the service tells with the failed condition costs no further read', async () => {
    const idempotency = freshIdempotencyRecord();
    const key = {
      primary_channel: { S: idempotency.conversation.primary_channel },
      conversation_id: { S: idempotency.conversation.conversation_id },
    };
    const item = {
      body_hash: { S: 'told' },
      conversation: { M: key },
      accepted_at: { S: 'then' },
      time_to_live: { N: '7' },
    };
    const send = jest
      .fn()
      .mockRejectedValue(new ConditionalCheckFailedException({ $metadata: {}, message: 'failed', Item: item }));
    const failing = new DynamoDbDirectory(new TableClient({ send } as never), dynalite.tables, new FakeClock());
    expect(await failing.putIdempotencyRecord(idempotency)).toEqual({
      ...idempotency,
      body_hash: 'told',
      accepted_at: 'then',
      time_to_live: 7,
    });
    expect(send).toHaveBeenCalledTimes(1);
  });

  test('and any other failure is thrown on', async () => {
    const failing = new DynamoDbDirectory(failingTables(new TypeError('down')),
      dynalite.tables,
      new FakeClock(),
    );
    await expect(failing.putIdempotencyRecord(freshIdempotencyRecord())).rejects.toThrow('down');
    await expect(
      failing.addOptOut({ recipient: RECIPIENT, sender: 's', at: 'then', source: 'reply' }),
    ).rejects.toThrow('down');
  });
});

test('a work order is idempotency record and company, each if there is one', async () => {
  const idempotency = freshIdempotencyRecord();
  expect(await directory.loadForProcessing(query(idempotency.request_id))).toEqual({ company: COMPANY });
  await directory.putIdempotencyRecord(idempotency);
  expect(await directory.loadForProcessing(query(idempotency.request_id))).toEqual({ idempotency, company: COMPANY });
  expect(await directory.loadForProcessing(query('none', { projectId: 'other' }))).toEqual({});
});

test('what a read of a message needs is key and idempotency record, each if there is one', async () => {
  const idempotency = freshIdempotencyRecord();
  expect(await directory.loadForRead(query(idempotency.request_id))).toEqual({
    key: { company_id: 'brightpath', ...GRANT },
  });
  await directory.putIdempotencyRecord(idempotency);
  expect(await directory.loadForRead(query(idempotency.request_id, { keyHash: 'other' }))).toEqual({ idempotency });
  expect(await directory.loadForRead(query('none', { keyHash: 'other' }))).toEqual({});
});

test('a company\'s projects are its own: one by its identifier, or all', async () => {
  const projects = ['a', 'b'].map((project_id) => ({ company_id: 'two-projects', project_id, company_name: 'Two' }));
  for (const project of projects) await put('companies', project);
  expect(await directory.findCompany({ companyId: 'two-projects', projectId: 'b' })).toEqual(projects[1]);
  expect(await directory.findCompany({ companyId: 'two-projects', projectId: 'c' })).toBeUndefined();
  expect(await directory.projectsOf('two-projects')).toEqual(projects);
  expect(await directory.projectsOf('nobody')).toEqual([]);
});

test('the identifiers of a company\'s projects are read up to a limit, or that of one project', async () => {
  for (const project_id of ['one', 'three', 'two']) await put('companies', { company_id: 'many', project_id, big: 'x' });
  const of = async (companyId: string, limit: number, projectId?: string) =>
    directory.projectIdsOf({ companyId, projectId, limit });
  expect(await of('many', 9)).toEqual(['one', 'three', 'two']);
  expect(await of('many', 2)).toEqual(['one', 'three']);
  expect(await of('many', 2, 'two')).toEqual(['two']);
  expect([await of('many', 2, 'four'), await of('nobody', 2)]).toEqual([[], []]);
});

describe('opt-outs', () => {
  const optOut = (sender: string, at = '2026-10-01T00:00:00.000Z', recipient = 'Ada@Example.com') => ({
    recipient,
    sender,
    at,
    source: 'reply',
  });

  test('add up by sender, whatever the letter case of the address', async () => {
    await directory.addOptOut(optOut('447700900002'));
    await directory.addOptOut(optOut('talent@example.com'));
    await directory.addOptOut(optOut('447700900002', '2026-12-01T00:00:00.000Z'));
    expect([...(await directory.optedOutOf({ recipient: 'ada@example.COM', company: 'brightpath' }))].sort()).toEqual([
      '447700900002',
      'talent@example.com',
    ]);
    expect(await directory.optedOutOf({ recipient: 'eda@example.com', company: 'brightpath' })).toEqual([]);
  });

  test('that come at once are all kept', async () => {
    const senders = Array.from({ length: 6 }, (_value, index) => `sender ${index}`);
    await Promise.all(senders.map((sender) => directory.addOptOut(optOut(sender, undefined, 'crowd@example.com'))));
    expect([...(await directory.optedOutOf({ recipient: 'crowd@example.com', company: 'brightpath' }))].sort()).toEqual(
      senders,
    );
  });

  test('may be all lifted, and begin again', async () => {
    await put('conversations', { primary_channel: 'lifted@example.com', conversation_id: 'opt-out', senders: {} });
    expect(await directory.optedOutOf({ recipient: 'lifted@example.com', company: 'brightpath' })).toEqual([]);
    await directory.addOptOut(optOut('s', undefined, 'lifted@example.com'));
    expect(await directory.optedOutOf({ recipient: 'lifted@example.com', company: 'brightpath' })).toEqual(['s']);
  });

  test('keep the first word of each sender', async () => {
    const memory = new MemoryDirectory();
    for (const store of [memory, directory]) {
      await store.addOptOut(optOut('s', 'first', 'first@example.com'));
      await store.addOptOut(optOut('s', 'second', 'First@example.com'));
      expect(await store.optedOutOf({ recipient: 'first@example.com', company: 'brightpath' })).toEqual(['s']);
    }
    const command = new GetCommand({
      TableName: dynalite.tables.conversations,
      Key: { ...optOutItemKey('first@example.com') },
    });
    expect((await dynalite.client.send(command)).Item).toMatchObject({
      senders: { s: { at: 'first', source: 'reply' } },
    });
  });

  test('are also those of the person\'s other names that the company knows, each sender once', async () => {
    const [number, alias] = ['+447700900155', 'GB.abc155'];
    await new DynamoDbAddresses(dynalite.records, dynalite.tables.conversations).learn({
      company: 'brightpath', address: number, alias, at: '2026-10-01T00:00:00.000Z',
    });
    await directory.addOptOut(optOut('one', undefined, number));
    for (const sender of ['one', 'two']) await directory.addOptOut(optOut(sender, undefined, alias));
    for (const recipient of [number, alias]) {
      expect([...(await directory.optedOutOf({ recipient, company: 'brightpath' }))].sort()).toEqual(['one', 'two']);
    }
    expect(await directory.optedOutOf({ recipient: number, company: 'other' })).toEqual(['one']);
    expect(await directory.loadForAccept(query('none', { recipient: number }))).toMatchObject({
      optedOutOf: expect.arrayContaining(['one', 'two']),
    });
  });

  test('of a withheld number are none, and nothing is read', async () => {
    const send = jest.spyOn(dynalite.records.client, 'send');
    expect(await directory.optedOutOf({ recipient: 'anonymous', company: 'brightpath' })).toEqual([]);
    expect(send).not.toHaveBeenCalled();
    send.mockRestore();
    expect(await directory.loadForAccept(query('none', { recipient: 'anonymous' }))).toMatchObject({ optedOutOf: [] });
  });

  test('that are lifted by a later word are gone, those of other senders stay', async () => {
    const recipient = 'lifting@example.com';
    for (const sender of ['one', 'two']) await directory.addOptOut(optOut(sender, undefined, recipient));
    await directory.removeOptOut({ company: 'brightpath', recipient, sender: 'one', at: '2026-10-02T00:00:00.000Z' });
    expect(await directory.optedOutOf({ recipient, company: 'brightpath' })).toEqual(['two']);
  });

  test('whose item comes and goes between the tries are an error in the end', async () => {
    const failure = new ConditionalCheckFailedException({ $metadata: {}, message: 'failed' });
    const failing = new DynamoDbDirectory(failingTables(failure),
      dynalite.tables,
      new FakeClock(),
    );
    await expect(failing.addOptOut(optOut('s'))).rejects.toThrow(/opt-out could not be written/);
  });
});

test('an idempotency record that TTL removed is gone: its request can be accepted anew', async () => {
  const idempotency = freshIdempotencyRecord();
  await directory.putIdempotencyRecord(idempotency);
  await dynalite.client.send(new DeleteCommand({
    TableName: dynalite.tables.conversations,
    Key: { ...idempotencyItemKey(idempotency.company_id, idempotency.project_id, idempotency.request_id) },
  }));
  expect(await directory.putIdempotencyRecord({ ...idempotency, body_hash: 'new' })).toBeUndefined();
});

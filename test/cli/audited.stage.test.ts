import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import { auditPartition } from '../../src/records/item-keys';
import { writeAccessFile } from '../../tools/local-stage/access-file';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import { postRequest } from '../../tools/local-stage/api-client';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { recipient, request, startStage } from '../flow/local-stage-of-tests';
import { engineWith } from './engine-run';

const PERSON = '+447700900481';
const TOKEN = 'a-token-that-nobody-may-read';
const SECRET = JSON.stringify({ twilio_account_sid: `AC${'1'.repeat(32)}`, twilio_auth_token: TOKEN });

describe('whoever changes something by a command leaves an audit item', () => {
  let stage: LocalStage;
  const folder = mkdtempSync(join(tmpdir(), 'audited-'));
  const path = join(folder, 'acme.yaml');
  beforeAll(async () => {
    stage = await startStage('audited');
    writeAccessFile(folder, stage);
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  const run = async (...words: string[]): Promise<string> => {
    const done = await engineWith({ operator: 'ada', readInput: async () => Promise.resolve(SECRET) }, folder, ...words);
    expect([words.join(' '), done.code, done.errors.includes('failed')]).toEqual([words.join(' '), 0, false]);
    return done.output;
  };
  const itemsOf = async (company: string): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> => {
    const { Items = [] } = await stage.tables.send(new QueryCommand({
      TableName: resourceNames(LOCAL_STAGE).conversationTable,
      KeyConditionExpression: 'primary_channel = :day',
      ExpressionAttributeValues: { ':day': auditPartition(company, new Date().toISOString().slice(0, 10)) },
      ConsistentRead: true,
    }));
    return Items;
  };

  test('with its name and what was changed, and without a secret, a key or an address', async () => {
    await run('company', 'init', 'acme', 'hr', '--channel', 'sms', '--out', path);
    await run('company', 'apply', path, '--yes');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/company_name: .*/, 'company_name: Acme Renamed'));
    await run('company', 'apply', path, '--yes');
    await run('secret', 'set', 'credentials', 'acme', 'hr', '--channel', 'sms');
    const key = JSON.parse(await run('key', 'create', 'acme', '--all-projects', '--json')) as { readonly key: string };
    const [{ hash }] = JSON.parse(await run('key', 'list', 'acme', '--json')) as [{ readonly hash: string }];
    await run('key', 'rotate', 'acme', hash, '--overlap', '1h');
    await run('key', 'revoke', 'acme', hash, '--yes');
    await run('optout', 'add', PERSON, '--company', 'acme', '--project', 'hr', '--channel', 'sms');
    await run('optout', 'remove', PERSON, '--company', 'acme', '--project', 'hr', '--channel', 'sms', '--yes');
    const items = await itemsOf('acme');
    expect(items.map(({ action }) => action)).toEqual([
      'apply_company', 'apply_company', 'store_secret', 'create_key', 'rotate_key', 'revoke_key', 'opt_out', 'lift_opt_out',
    ]);
    expect(items.at(1)?.fields).toEqual(['hr', 'company_name']);
    expect(items.at(2)?.fields).toEqual([expect.stringContaining('acme'), 'twilio_account_sid', 'twilio_auth_token']);
    for (const { person, by } of items) expect([person, by]).toEqual(['ada', 'command']);
    for (const word of [TOKEN, key.key, PERSON, 'Acme Renamed']) expect(JSON.stringify(items)).not.toContain(word);
  });

  test('also who hands out or erases what is held of a person', async () => {
    const { requestId, body } = request('sms', recipient('sms', { recipient_tel: PERSON }));
    await postRequest(stage.url, stage.apiKey, body);
    await awaitOutcome(stage, requestId);
    expect(await run('person', 'export', PERSON)).toContain(PERSON);
    await run('person', 'erase', PERSON, '--yes');
    const items = await itemsOf('*');
    expect(items.map(({ action }) => action)).toEqual(['export_person', 'erase_person']);
    expect(JSON.stringify(items)).not.toContain(PERSON);
  });
});

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Channel } from '../../../src/core/channel';
import { resourceNames } from '../../../src/core/names';
import { writeAccessFile } from '../../../tools/local-stage/access-file';
import { awaitOutcome } from '../../../tools/local-stage/await-status';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../../tools/local-stage/local-stage';
import { postRequest } from '../../../tools/local-stage/api-client';
import { recipient, request, startStage } from '../../flow/local-stage-of-tests';
import { engine } from '../engine-run';

interface Letter {
  readonly messageId: string;
  readonly conversationId: string;
  readonly ageSeconds: number;
  readonly status?: string;
  readonly reason?: string;
  readonly action: string;
}

describe('dead letters of a running stage', () => {
  let stage: LocalStage;
  let queues: SQSClient;
  let removeAccess: () => void;
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));

  beforeAll(async () => {
    stage = await startStage('dead-letters');
    removeAccess = writeAccessFile(folder, stage);
    const { cloud } = stage;
    queues = new SQSClient({
      endpoint: cloud.awsEndpoint,
      region: cloud.template.region,
      credentials: cloud.services.administratorCredentials,
    });
  });
  afterAll(async () => {
    queues.destroy();
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  const bury = async (channel: Channel, body: string) => {
    const name = resourceNames(LOCAL_STAGE).deadLetterQueue(channel);
    const url = stage.cloud.template.ofType('AWS::SQS::Queue').find((queue) => queue.name === name)?.reference;
    await queues.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, MessageGroupId: 'g' }));
  };
  const list = async (channel: Channel): Promise<{ count: number; letters: Letter[] }> =>
    JSON.parse((await engine(folder, 'deadletter', 'list', '--json', '--channel', channel)).output)[0];
  const conversationOf = async (channel: Channel, change = {}) => {
    const { requestId, body } = request(channel, change);
    await postRequest(stage.url, stage.apiKey, body);
    return String((await awaitOutcome(stage, requestId)).conversation_id);
  };

  test('are listed with what became of their message and what to do, and stay where they are', async () => {
    const sent = await conversationOf('sms');
    const refused = await conversationOf('sms', recipient('sms', { recipient_tel: '+447700900902' }));
    for (const body of [sent, refused, 'a person\'s name']) await bury('sms', body);
    for (const _again of [1, 2]) {
      const { count, letters } = await list('sms');
      expect(count).toBe(3);
      expect(letters.find(({ conversationId }) => conversationId === sent)).toMatchObject({
        status: 'initial_message_sent',
        action: expect.stringMatching(/^None: the message is sent\./),
      });
      expect(letters.find(({ conversationId }) => conversationId === refused)).toMatchObject({
        reason: 'recipient_unreachable',
        action: expect.stringMatching(/^Correct the address/),
      });
      expect(letters.find(({ status }) => status === undefined)).toMatchObject({
        conversationId: '(no conversation identifier)',
        action: expect.stringMatching(/drops it\.$/),
      });
    }
    const { code, output } = await engine(folder, '--', 'deadletter', 'list', '--limit', '50');
    expect(code).toBe(0);
    expect(output).toMatch(/sms: 3 dead letters\n {2}\S+ {2}[\d.]+ s old\n {2}harbour-and-pine#/);
    expect(output).toContain('whatsapp: no dead letters');
    expect(output).not.toContain('a person\'s name');
  });

  test('go back to their queue all at once, and a second time there is nothing to do', async () => {
    const sent = await conversationOf('whatsapp');
    const before = stage.vendors.deliveries().length;
    for (const body of [sent, sent, 'nothing']) await bury('whatsapp', body);
    const redriven = await engine(folder, 'deadletter', 'redrive', '--channel', 'whatsapp', '--all');
    expect(redriven).toMatchObject({ code: 0, output: 'whatsapp: 3 dead letters sent back to the queue' });
    expect(redriven.errors).toContain('3 of 3 moved');
    expect(await engine(folder, 'deadletter', 'redrive', '--channel', 'whatsapp', '--all')).toMatchObject({
      code: 0,
      output: 'whatsapp: 0 dead letters sent back to the queue',
    });
    expect((await list('whatsapp')).count).toBe(0);
    expect(stage.vendors.deliveries()).toHaveLength(before);
  });

  test('go back one at a time, and one that is gone is told', async () => {
    await bury('email', 'first');
    await bury('email', 'second');
    const [first] = (await list('email')).letters;
    const one = ['deadletter', 'redrive', '--channel', 'email', '--message', first?.messageId ?? ''];
    expect(await engine(folder, ...one, '--json')).toMatchObject({
      code: 0,
      output: expect.stringContaining('"moved": 1'),
    });
    expect((await list('email')).letters.map(({ messageId }) => messageId)).not.toContain(first?.messageId);
    expect((await list('email')).count).toBe(1);
    expect(await engine(folder, ...one)).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(/has no such dead letter now/),
    });
  });

  test('an access file is for its owner only', () => {
    expect(statSync(join(folder, '.local/access.json')).mode & 0o777).toBe(0o600);
  });

  test('a command line that is wrong does nothing and says what is right', async () => {
    expect(await engine(folder, 'deadletter', 'redrive', '--channel', 'sms')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('give --message <id> or --all'),
    });
    expect(await engine(folder, 'deadletter', 'redrive', '--channel', 'fax', '--all')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('whatsapp, sms, email'),
    });
    expect(await engine(folder, 'deadletter', 'redrive', '--channel', 'sms', '--all', '--message', 'x')).toMatchObject({
      code: 2,
    });
    expect(await engine(folder, 'deadletter', 'list', '--limit', '0')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('whole number'),
    });
    expect(await engine(folder, 'deadletter', '--help')).toMatchObject({
      code: 0,
      output: expect.stringContaining('redrive'),
    });
  });

  test('without a local stage the command says how to start one', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'engine-'));
    expect(await engine(elsewhere, 'deadletter', 'list')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('npx projen local'),
    });
    rmSync(elsewhere, { recursive: true });
    removeAccess();
    expect(() => statSync(join(folder, '.local/access.json'))).toThrow();
    removeAccess = writeAccessFile(folder, stage);
  });
});

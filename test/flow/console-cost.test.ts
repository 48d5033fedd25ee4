import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { placeInList } from '../../src/core/lifecycle/chat-list';
import { resourceNames } from '../../src/core/names';
import { timestamp } from '../../src/core/ports/clock';
import { threadItemKeys } from '../../src/records/item-keys';
import { postRequest } from '../../tools/local-stage/api-client';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { sampleRequest, SAMPLE_CHANNELS } from '../../tools/local-stage/sample/requests';
import type { ConsolePerson } from './console-calls';
import { signIn } from './console-calls';
import { REQUEST_TIME, startStage } from './local-stage-of-tests';

const QUERY = `?company=${SAMPLE.companyId}`;
const PAGE = 50;

/** Read units that one page of a list may cost: issue 16. */
const AT_MOST = 30;

describe('what a page of the console reads', () => {
  let stage: LocalStage;
  let admin: ConsolePerson;
  beforeAll(async () => {
    stage = await startStage('console-cost');
    // Before the machine is busy with messages.
    admin = await signIn(stage, 'casey.admin');
    // Of every channel, since their records are of different sizes; few at once.
    for (let sent = 0; sent < PAGE + 10; sent += SAMPLE_CHANNELS.length) {
      await Promise.all(SAMPLE_CHANNELS.map(async (channel) =>
        postRequest(stage.url, stage.apiKey, sampleRequest(channel, randomUUID(), REQUEST_TIME))));
    }
    await settled();
  });
  afterAll(async () => stage.stop());

  /** Records are largest once their messages were sent and their receipts came. */
  const settled = async () => {
    for (;;) {
      const { body } = await admin.get(`/conversations${QUERY}&state=open`);
      if ((body.found as readonly object[]).length === 0) return;
    }
  };
  const callsOf = async (path: string) => {
    stage.cloud.services.calls.clear();
    const { status, body } = await admin.get(path);
    expect(status).toBe(200);
    const calls = stage.cloud.services.calls.all().filter(({ caller }) => caller.startsWith('Console'));
    return { body, calls, units: calls.reduce((total, { readUnits }) => total + readUnits, 0) };
  };

  test('50 conversations cost 30 read units at most, by a handful of calls, and no table is scanned', async () => {
    const { body, calls, units } = await callsOf(`/conversations${QUERY}`);
    expect(body.found).toHaveLength(PAGE);
    expect(units).toBeGreaterThan(PAGE / 4);
    expect(units).toBeLessThanOrEqual(AT_MOST);
    expect(calls.map(({ operation }) => operation)).not.toContain('Scan');
    expect(calls.reduce((total, call) => total + call.calls, 0)).toBeLessThanOrEqual(5);
    const next = await callsOf(`/conversations${QUERY}&after=${String(body.next)}`);
    expect(next.units).toBeLessThanOrEqual(AT_MOST);
  });

  test.each(['taken', 'mine', 'returned'])('a page of 50 chats that are %s costs as little', async (list) => {
    const { body: listed } = await admin.get(`/conversations${QUERY}`);
    const found = listed.found as ReadonlyArray<{ readonly conversationId: string }>;
    const ids = found.map(({ conversationId }) => conversationId);
    await Promise.all(ids.map(async (conversationId, count) => stage.tables.send(new PutCommand({
      TableName: resourceNames(LOCAL_STAGE).conversationTable,
      Item: {
        ...threadItemKeys(`${list}${count}`).thread,
        ...placeInList(list === 'returned' ? list : 'taken', SAMPLE.companyId, {
          by: 'casey.admin@example.com', at: timestamp(Date.now() - count), channel: 'sms', conversationId,
        }),
      },
    }))));
    const { body, calls, units } = await callsOf(`/replies/chats${QUERY}&list=${list}`);
    expect(body.chats).toHaveLength(PAGE);
    expect(units).toBeGreaterThan(PAGE / 4);
    expect(units).toBeLessThanOrEqual(AT_MOST);
    expect(calls.map(({ operation }) => operation)).not.toContain('Scan');
  });
});

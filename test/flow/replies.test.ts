import { setTimeout as pause } from 'node:timers/promises';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import { postRequest } from '../../tools/local-stage/api-client';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE, WHATSAPP_TEMPLATE } from '../../tools/local-stage/sample/company';
import { recipient, request, startStage } from './local-stage-of-tests';
import { sendByWhatsapp, writeByWhatsapp } from './whatsapp-chat';
import { awaitRecord } from './webhook-calls';

const ANSWERS = [
  { name: 'explanation', question: 'What did you do between the two posts?', type: 'text', required: true },
  { name: 'start_date', question: 'When can you start?', type: 'date', required: true },
];

/** A question by WhatsApp, a reply in two bursts, and its answers as data: the whole stack, and a simulated model. */
describe('a reply by WhatsApp', () => {
  let stage: LocalStage;
  beforeAll(async () => {
    stage = await startStage('replies');
    await stage.tables.send(new UpdateCommand({
      TableName: resourceNames(LOCAL_STAGE).companyTable,
      Key: { company_id: SAMPLE.companyId, project_id: SAMPLE.projectId },
      UpdateExpression:
        'SET channel_config.whatsapp.#template.answers = :answers, replies = :keep, reply_burst = :burst',
      ExpressionAttributeNames: { '#template': 'template' },
      ExpressionAttributeValues: { ':answers': ANSWERS, ':keep': 'keep', ':burst': { quiet_seconds: 1 } },
    }));
  });
  afterAll(async () => { await stage.stop(); });

  const inbound = async (from: string, body: string) => writeByWhatsapp(stage, from, body);
  const send = async (person: string) => sendByWhatsapp(stage, person);

  test('in two bursts becomes answers on the record, each with its quote', async () => {
    const person = '+447700900361';
    const requestId = await send(person);
    expect(WHATSAPP_TEMPLATE.language).toBe('en-GB');
    await inbound(person, 'Hello, sorry for the delay.');
    await inbound(person, 'I was on parental leave from May to July.');
    const first = await awaitRecord(stage, requestId, { answers_version: 1 });
    expect(first).toMatchObject({
      task_complete: 0, answers: { explanation: { quote: 'I was on parental leave from May to July' } },
    });
    await inbound(person, 'I could start on 12 March 2027.');
    const record = await awaitRecord(stage, requestId, { task_complete: 1 });
    expect(record).toMatchObject({
      answers: {
        explanation: { value: 'I was on parental leave from May to July', version: 1 },
        start_date: { value: '2027-03-12', quote: '12 March 2027', version: 1 },
      },
      history: expect.arrayContaining([expect.objectContaining({ event: 'answered' })]),
    });
    expect(stage.vendors.openai.violations()).toEqual([]);
  });

  test('that wants no more messages is told once that none come', async () => {
    const person = '+447700900363';
    await send(person);
    const said = '<Message>You will get no more messages from us. To allow them again, write START.</Message>';
    expect((await inbound(person, 'Please stop')).answer).toBe(`<Response>${said}</Response>`);
    expect((await inbound(person, 'STOP')).answer).toBe('<Response/>');
  });

  test('that wants no more messages in other words than STOP is an opt-out', async () => {
    const person = '+447700900362';
    await send(person);
    await inbound(person, 'I have had enough of this, so leave me alone from now on');
    const again = async () => postRequest(
      stage.url, stage.apiKey, request('whatsapp', recipient('whatsapp', { recipient_tel: person })).body,
    );
    const end = Date.now() + 30_000;
    let answer = await again();
    while (answer.status === 200 && Date.now() < end) {
      await pause(250);
      answer = await again();
    }
    expect(answer).toMatchObject({ status: 403, body: { error_code: 'RECIPIENT_OPTED_OUT' } });
  });
});

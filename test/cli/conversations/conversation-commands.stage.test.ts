import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../../../src/core/channel';
import { resourceNames } from '../../../src/core/names';
import { twilioInboundUrl } from '../../../src/providers/twilio-inbound-webhook';
import { writeAccessFile } from '../../../tools/local-stage/access-file';
import { awaitOutcome } from '../../../tools/local-stage/await-status';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../../tools/local-stage/local-stage';
import { postRequest } from '../../../tools/local-stage/api-client';
import { SAMPLE } from '../../../tools/local-stage/sample/company';
import { recipient, request, startStage } from '../../flow/local-stage-of-tests';
import { handOverReplies } from '../../flow/reply-settings';
import { addKey, addProject, ofTenant } from '../../flow/tenants-of-tests';
import { engine, engineWith } from '../engine-run';

const PROJECT = ['--company', SAMPLE.companyId, '--project', SAMPLE.projectId] as const;

describe('conversations and people of a running stage', () => {
  let stage: LocalStage;
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const run = async (...words: readonly string[]) => engine(folder, ...words);

  beforeAll(async () => {
    stage = await startStage('conversations', undefined, { runsSchedules: false });
    writeAccessFile(folder, stage);
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  const send = async (channel: Channel, change = {}) => {
    const { requestId, body } = request(channel, change);
    await postRequest(stage.url, stage.apiKey, body);
    return { requestId, body, id: String((await awaitOutcome(stage, requestId)).conversation_id) };
  };
  const sendTo = async (telephone: string) => send('sms', recipient('sms', { recipient_tel: telephone }));
  const listed = async (
    ...words: readonly string[]
  ): Promise<{ conversations: Array<{ conversationId: string; recipient: string }>; next?: string }> =>
    JSON.parse((await run('conversation', 'list', '--json', ...words)).output);

  /** Leaves a message as the reconciler leaves one that no vendor ever confirmed. */
  async function unconfirmed(requestId: string): Promise<void> {
    const { primary_channel, conversation_id } = (await stage.conversation(requestId)) ?? {};
    await stage.tables.send(
      new UpdateCommand({
        TableName: resourceNames(LOCAL_STAGE).conversationTable,
        Key: { primary_channel, conversation_id },
        UpdateExpression:
          'SET conversation_status = :status, failure_reason = :reason REMOVE delivery_status, vendor_message_id, '
            + 'attention, due_at',
        ExpressionAttributeValues: { ':status': 'send_unconfirmed', ':reason': 'never_confirmed' },
      }),
    );
  }

  test('a recipient\'s conversations are listed newest first, page by page, with the address masked', async () => {
    const sent = [await sendTo('+447700900571'), await sendTo('+447700900571'), await sendTo('+447700900571')];
    const first = await listed('--recipient', '+447700900571', '--limit', '2');
    const second = await listed('--recipient', '+447700900571', '--limit', '2', '--after', first.next ?? '');
    expect([...first.conversations, ...second.conversations].map(({ conversationId }) => conversationId)).toEqual(
      sent.map(({ id }) => id).reverse(),
    );
    expect(second.next).toBeUndefined();
    expect(first.conversations[0]?.recipient).toBe('…71');
    const { output } = await run('conversation', 'list', '--recipient', '+447700900571', '--limit', '1', '--reveal');
    expect(output).toMatch(
      /^\S+ \S+Z, .* ago {2}sms to \+447700900571 {2}initial_message_sent.*\n {2}harbour-and-pine#.*\nmore:\n {2}--after \S+$/,
    );
  });

  test('a project\'s conversations and those in a state are listed', async () => {
    const { id } = await send('email');
    expect((await listed(...PROJECT)).conversations.map(({ conversationId }) => conversationId)).toContain(id);
    expect(
      (await listed('--state', 'waiting')).conversations.map(({ conversationId }) => conversationId),
    ).not.toContain(id);
    const lost = await sendTo('+447700900911');
    await stage.tables.send(new UpdateCommand({
      TableName: resourceNames(LOCAL_STAGE).conversationTable,
      Key: { primary_channel: '+447700900911', conversation_id: lost.id },
      UpdateExpression: 'SET due_at = :past',
      ExpressionAttributeValues: { ':past': '2026-01-01T00:00:00.000Z' },
    }));
    expect((await listed('--state', 'stuck')).conversations.map(({ conversationId }) => conversationId)).toEqual([
      lost.id,
    ]);
  });

  test('what waits is in the status with what to do, and a repair has it tried at once', async () => {
    const telephone = '+447700900920';
    const { requestId, body } = request('sms', recipient('sms', { recipient_tel: telephone }));
    await postRequest(stage.url, stage.apiKey, body);
    while ((await stage.conversation(requestId))?.failure_reason !== 'vendor_busy') await setTimeout(20);
    const { primary_channel, conversation_id } = (await stage.conversation(requestId)) ?? {};
    await stage.tables.send(
      new UpdateCommand({
        TableName: resourceNames(LOCAL_STAGE).conversationTable,
        Key: { primary_channel, conversation_id },
        UpdateExpression: 'SET retry_at = :later, due_at = :later',
        ExpressionAttributeValues: { ':later': '2099-01-01T00:00:00.000Z' },
      }),
    );
    const status = await run('status');
    expect(status).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 × composed (vendor_busy), harbour-and-pine'),
    });
    const retry = `npx projen engine -- retry --reason vendor_busy ${PROJECT.join(' ')}`;
    expect(status.output).toContain(`\n  ${retry}`);
    expect(JSON.parse((await run('status', '--json')).output).groups).toContainEqual(
      expect.objectContaining({ reason: 'vendor_busy', count: 1, nextCommands: [expect.stringMatching(/list/), retry] }),
    );
    const words = ['retry', '--reason', 'vendor_busy', ...PROJECT];
    expect(await run(...words, '--by', 'Sam Reyes')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Give --yes'),
    });
    expect(await run(...words, '--by', 'Sam Reyes', '--yes')).toMatchObject({
      code: 0,
      output: '1 message tried now, by Sam Reyes',
    });
    expect((await run('conversation', 'watch', requestId)).output).toMatch(/^initial_message_sent/);
    expect((await run('conversation', 'show', requestId)).output).toMatch(/composed \(vendor_busy\), by Sam Reyes/);
    expect((await run(...words, '--by', 'Sam', '--yes')).output).toMatch(
      /^no message of harbour-and-pine .* waits for vendor_busy/,
    );
    expect((await run('status')).output).not.toContain('vendor_busy');
  });

  test('a record of the engine before this one is listed and shown as what it is', async () => {
    const id = 'harbour-and-pine#nurse-recruitment#11111111-2222-4333-8444-555555555555#447700900100';
    await stage.tables.send(new PutCommand({
      TableName: resourceNames(LOCAL_STAGE).conversationTable,
      Item: {
        primary_channel: '+447700900579',
        conversation_id: id,
        company_id: 'harbour-and-pine',
        project_id: 'nurse-recruitment',
        company_name: 'Harbour & Pine',
        project_name: 'Nurses',
        channel_method: 'whatsapp',
        request_id: '11111111-2222-4333-8444-555555555555',
        recipient_tel: '+447700900579',
        comms_consent: true,
        conversation_status: 'failed_to_send_message',
        failure_reason: 'Twilio said: no credits left',
        messages: [{ role: 'assistant', content: 'Dear Sam', timestamp: '2025-03-01T10:00:00Z' }],
        task_complete: 0,
        created_at: '2025-03-01T10:00:00Z',
        updated_at: '2025-03-01T10:00:05Z',
      },
    }));
    expect((await run('conversation', 'list', '--recipient', '+447700900579')).output).toContain(id);
    expect(await run('conversation', 'show', id)).toMatchObject({
      code: 1, errors: expect.stringMatching(/holds no conversation .*--recipient <address> or --through-table/),
    });
    for (const more of [['--recipient', '+447700900579'], ['--through-table']]) {
      const shown = await run('conversation', 'show', id, '--text', ...more);
      expect(shown).toMatchObject({
        code: 0,
        output: expect.stringMatching(/An earlier engine noted: Twilio said: no credits left/),
      });
      expect(shown.output).toContain('Dear Sam');
    }
    expect(JSON.parse((await run('person', 'export', '+447700900579')).output).conversations).toMatchObject([
      { conversation_id: id },
    ]);
    expect((await run('person', 'erase', '+447700900579', '--yes')).output).toContain('erased: 1 conversation');
  });

  test('one conversation is shown by its identifier and by the request, and nothing personal unless it is asked for', async () => {
    const { id, body, requestId } = await send(
      'whatsapp',
      recipient('whatsapp', { recipient_tel: '+447700900572', recipient_first_name: 'Zebediah' }),
    );
    const shown = await run('conversation', 'show', id);
    expect(shown).toMatchObject({ code: 0, errors: '' });
    expect(shown.output).toMatch(
      /State +initial_message_sent.*\nNext +None: the message is sent\.\nAttempts +1 of 3.*\nTemplate +cv_clarification version 4, gpt-6-luna\n/,
    );
    for (const secret of ['Zebediah', '7700900572', 'Care Home']) expect(shown.output).not.toContain(secret);
    const short = id.split('#').slice(0, 3).join('#');
    expect(short).toContain(requestId);
    const all = (await run('conversation', 'show', short, '--text', '--reveal')).output;
    for (const word of ['Zebediah', '+447700900572', String(body.project_data.unclear_point).slice(0, 30)]) {
      expect(all).toContain(word);
    }
  });

  test('a message is watched until it is delivered', async () => {
    const { requestId, body } = request('sms', recipient('sms', { recipient_tel: '+447700900573' }));
    await postRequest(stage.url, stage.apiKey, body);
    const watched = await run(
      'conversation',
      'watch',
      `${SAMPLE.companyId}#${SAMPLE.projectId}#${requestId}`,
      '--until',
      'delivered',
    );
    expect(watched).toMatchObject({
      code: 0,
      output: 'initial_message_sent, delivered\nNext      None: the message is sent.',
    });
    for (const step of ['initiated', 'processing', 'sending', 'initial_message_sent']) {
      expect(watched.errors).toContain(`Z  ${step}`);
    }
    expect(watched.errors).toContain('delivery: delivered');
  });

  test('what was found at the vendor is recorded with who found it, and once', async () => {
    const { requestId, id } = await sendTo('+447700900970');
    expect((await run('conversation', 'resolve', id, '--as', 'sent', '--by', 'Sam')).errors).toMatch(
      /it is initial_message_sent; only a message that is send_unconfirmed/,
    );
    await unconfirmed(requestId);
    expect((await run('conversation', 'show', id)).output).toContain(
      `  npx projen engine -- conversation resolve ${requestId} --as sent\n`,
    );
    expect(
      await run('conversation', 'resolve', id, '--as', 'sent', '--vendor-id', 'SM77', '--by', 'Sam Reyes'),
    ).toMatchObject({
      code: 0,
      output: `${id}: initial_message_sent, resolved by Sam Reyes\nNext      None: the message is sent.`,
    });
    expect(await stage.conversation(requestId)).toMatchObject({
      vendor_message_id: 'SM77',
      conversation_status: 'initial_message_sent',
    });
    expect((await run('conversation', 'show', id)).output).toContain('initial_message_sent, by Sam Reyes');
    expect((await run('conversation', 'resolve', id, '--as', 'sent', '--by', 'Sam')).code).toBe(1);
  });

  test('what the vendor never had is sent again, once somebody says so', async () => {
    const { requestId, id } = await sendTo('+447700900970');
    await unconfirmed(requestId);
    const before = stage.vendors.deliveries().filter(({ to }) => to === '+447700900970').length;
    expect((await run('conversation', 'resolve', id, '--as', 'resend', '--by', 'Sam')).errors).toMatch(
      /^Nothing was done: there is no terminal to ask at\. Give --yes/,
    );
    expect(stage.vendors.deliveries().filter(({ to }) => to === '+447700900970')).toHaveLength(before);
    expect(await run('conversation', 'resolve', id, '--as', 'resend', '--by', 'Sam', '--yes')).toMatchObject({
      code: 0,
    });
    await run('conversation', 'watch', id);
    expect(await stage.conversation(requestId)).toMatchObject({
      conversation_status: 'initial_message_sent',
      attempt_count: 2,
    });
    expect(stage.vendors.deliveries().filter(({ to }) => to === '+447700900970')).toHaveLength(before + 1);
  });

  const REQUEST = [
    ...PROJECT,
    '--channel',
    'sms',
    '--to',
    '+447700900578',
    '--first-name',
    'Amara',
    '--last-name',
    'Okafor',
    '--consent',
    '--fact',
    'job_title=Porter',
    '--fact',
    'unclear_point=your CV shows no work in 2022.',
  ] as const;

  test('a request is tried without a trace, then sent with a key from a pipe, and a second time without effect', async () => {
    // Receipts of earlier messages may still come in: what counts is that no conversation is added.
    const known = async () =>
      (await listed(...PROJECT, '--limit', '100')).conversations.map(({ conversationId }) => conversationId);
    const before = await known();
    const tried = await run('dry-run', ...REQUEST);
    expect(tried).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^This message would be sent\.\nTemplate {2}cv_clarification_sms version 2, gpt-6-luna\n/,
      ),
    });
    expect(tried.output).toContain('Hello Amara, Harbour & Pine Recruitment here about your application for Porter.');
    expect(await known()).toEqual(before);
    expect(stage.vendors.deliveries().filter(({ to }) => to === '+447700900578')).toEqual([]);

    const requestId = 'c0ffee00-0000-4000-8000-000000000001';
    const sendNow = async (key: string) =>
      engineWith(
        { readInput: () => Promise.resolve(`${key}\n`) },
        folder,
        'send',
        ...REQUEST,
        '--request-id',
        requestId,
        '--at',
        '2026-11-22T10:00:00Z',
      );
    expect(await sendNow('wrong-key')).toMatchObject({
      code: 1,
      errors:
        `Sending the request ${requestId} failed: the engine refused it with 403 FORBIDDEN (Forbidden); put ` +
        'it right, then send it again.',
    });
    const sent = await sendNow(stage.apiKey);
    expect(sent).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^accepted: .+\n {2}npx projen engine -- conversation watch c0ffee00-0000-4000-8000-000000000001$/,
      ),
    });
    expect((await run('conversation', 'watch', `${SAMPLE.companyId}#${SAMPLE.projectId}#${requestId}`)).code).toBe(0);
    expect((await sendNow(stage.apiKey)).output).toMatch(/^accepted before: /);
    expect(stage.vendors.deliveries().filter(({ to }) => to === '+447700900578')).toHaveLength(1);
  });

  /**
   * A message that the model's invented link keeps from being sent, of a project whose template has no words to fall
   * back on.
   */
  async function held(telephone: string) {
    await addProject(stage, { projectId: 'strict' }, (record) => {
      delete record.channel_config.sms.template.variables.unclear_point.fallback;
    });
    const key = await addKey(stage, SAMPLE.companyId, ['strict']);
    const { requestId, body } = request('sms', {
      ...ofTenant({ projectId: 'strict' }),
      ...recipient('sms', { recipient_tel: telephone }),
      project_data: { job_title: 'Porter', unclear_point: 'simulate:invents-link' },
    });
    const answer = await postRequest(stage.url, key, body);
    const id = String(answer.body.conversation_id);
    expect((await run('conversation', 'watch', id)).output).toContain(
      `npx projen engine -- handoff show ${requestId} --text`,
    );
    return { id, requestId };
  }

  test('a message whose proof failed goes once a person has given it words that hold', async () => {
    const { id } = await held('+447700900576');
    expect((await run('handoff', 'list')).output).toContain(id);
    const shown = (await run('handoff', 'show', id)).output;
    expect(shown).toMatch(/Why {7}A value could not be proved[^]*\nFaults +unclear_point: unknown_link\n/);
    expect(shown).not.toContain('7700900576');
    const refused = await run(
      'handoff',
      'approve',
      id,
      '--by',
      'Sam',
      '--set',
      'unclear_point=see https://evil.example/',
    );
    expect(refused).toMatchObject({ code: 1, errors: expect.stringMatching(/unclear_point: The value holds a link/) });
    expect(refused.errors).not.toContain('evil');
    const approved = await run(
      'handoff',
      'approve',
      id,
      '--by',
      'Sam Reyes',
      '--set',
      'unclear_point=which dates are right?',
    );
    expect(approved).toMatchObject({ code: 0, output: `${id}: approved by Sam Reyes; it goes to the channel now.` });
    expect((await run('conversation', 'watch', id)).output).toMatch(/^initial_message_sent/);
    expect(stage.vendors.deliveries().find(({ to }) => to === '+447700900576')?.text).toContain(
      'Please clarify: which dates are right? And when could you start?',
    );
    expect((await run('handoff', 'approve', id, '--by', 'Alex')).output).toContain('approved before, by Sam Reyes');
    expect((await run('handoff', 'list')).output).not.toContain(id);
  });

  test('a message that is rejected is not sent, and says who ended it and when', async () => {
    const { id } = await held('+447700900577');
    expect(await run('handoff', 'reject', id, '--reason', 'the position is filled', '--by', 'Sam')).toMatchObject({
      code: 0,
      output: `${id}: rejected by Sam; it is not sent.`,
    });
    expect((await run('conversation', 'show', id)).output).toMatch(/rejected \(review_rejected\), by Sam/);
    expect((await run('handoff', 'show', id)).errors).toMatch(/it is rejected and does not wait for a decision/);
    expect((await run('handoff', 'approve', id, '--by', 'Sam')).errors).toMatch(
      /it is rejected and does not wait for a decision/,
    );
    expect(stage.vendors.deliveries().filter(({ to }) => to === '+447700900577')).toEqual([]);
  });

  test('a reply that was handed to a person is listed until it is marked as done, and again with the next one', async () => {
    const telephone = '+447700900580';
    await handOverReplies(stage);
    const { id, requestId } = await sendTo(telephone);
    const reply = async (body: string) =>
      stage.vendors.twilio.receiveInbound({
        from: telephone,
        to: SAMPLE.smsNumber,
        body,
        url: twilioInboundUrl(stage.url, { ...SAMPLE, channel: 'sms' }),
      });
    expect((await run('reply', 'list')).output).toBe('no reply waits for a person');
    await reply('I was on parental leave.');
    const listing = await run('reply', 'list');
    expect(listing).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        new RegExp(
          `sms {2}1 reply from …80 {2}to .*\n {2}${id}\n {2}.* reply show .*\n {2}.* reply take .*\n {2}`
            + `npx projen engine -- reply done ${requestId} --seen 1$`,
        ),
      ),
    });
    expect(listing.output).not.toMatch(/parental|7700900580/);
    expect((await run('handoff', 'list')).output).toContain(
      'besides, replies wait in 1 conversation: npx projen engine -- reply list',
    );
    expect((await listed('--state', 'replied')).conversations.map(({ conversationId }) => conversationId)).toEqual([
      id,
    ]);
    expect((await run('conversation', 'show', id, '--text')).output).toMatch(
      /Replies +1, waiting for a person since [\s\S]*I was on parental leave\./,
    );
    expect(await run('reply', 'done', id, '--seen', '2', '--by', 'Sam')).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(/it has 1, 1 of them waiting, and --seen says 2/),
    });
    expect(await run('reply', 'done', id, '--seen', '1', '--by', 'Sam Reyes')).toMatchObject({
      code: 0,
      output: `${id}: its reply is done, by Sam Reyes`,
    });
    expect((await run('reply', 'done', id, '--seen', '1', '--by', 'Alex')).output).toMatch(
      /done before, by Sam Reyes at .*; nothing was changed$/,
    );
    expect((await run('conversation', 'show', id)).output).toMatch(
      /Next +None: the message is sent\.[\s\S]*Replies +1; 1 done by Sam Reyes, /,
    );
    expect(JSON.parse((await run('reply', 'list', '--json')).output)).toEqual({ waiting: [], more: false });
    await reply('And then I moved.');
    expect((await run('reply', 'list', '--reveal')).output).toMatch(/1 reply of 2 from \+447700900580 /);
    await run('person', 'erase', telephone, '--yes');
    expect((await run('reply', 'list')).output).toBe('no reply waits for a person');
  });

  test("a person's data is handed over, then erased; the request is answered as before and sends nothing", async () => {
    const { body, id } = await sendTo('+447700900574');
    const handedOver = JSON.parse((await run('person', 'export', '+447700900574')).output);
    expect(handedOver).toMatchObject({
      conversations: [{ conversation_id: id, recipient_first_name: body.recipient_data.recipient_first_name }],
      opt_outs: [],
    });
    const erased = await run('person', 'erase', '+447700900574', '--yes');
    expect(erased).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^erased: 1 conversation\nkept: no opt-out; idempotency records, without the recipient\nThese conversations also named j…@…/,
      ),
    });
    expect((await run('conversation', 'show', id)).errors).toMatch(/this stage holds no conversation/);
    const sent = stage.vendors.deliveries().length;
    const again = await postRequest(stage.url, stage.apiKey, body);
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.conversation_id]).toEqual([
      200,
      'true',
      id,
    ]);
    expect(JSON.parse((await run('person', 'export', '+447700900574')).output).conversations).toEqual([]);
    expect(stage.vendors.deliveries()).toHaveLength(sent);
    expect(await run('person', 'erase', '+447700900574')).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(/^Erasing found nothing: .*…74; check the spelling/),
    });
  });

  test('a person whose message is in doubt is erased once the vendor has reported', async () => {
    const { id } = await sendTo('+447700900912');
    const erased = await run('person', 'erase', '+447700900912', '--yes');
    expect(erased).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^Erasing stopped before 1 conversation: .*run the command again/),
    });
    expect(erased.output).toContain(`not yet: ${id}`);
  });

  test.each([
    [['conversation', 'list'], 2, /it is not said which/],
    [['conversation', 'list', '--project', 'a', '--state', 'stuck'], 2, /--project goes with --company/],
    [['conversation', 'list', '--company', 'nobody'], 1, /no project of nobody; see .* company list/],
    [['conversation', 'list', '--state', 'stuck', '--since', 'yesterday'], 2, /Give a moment as 2026-11-02/],
    [['retry', '--company', 'a'], 2, /--reason <reason>/],
    [['conversation', 'list', '--state', 'lost'], 2, /stuck, waiting, replied/],
    [['conversation', 'list', '--state', 'stuck', '--limit', '101'], 2, /whole number from 1 to 100/],
    [['conversation', 'list', '--state', 'stuck', '--after', 'x'], 1, /--after is not what a page ended with/],
    [['conversation', 'show', 'x'], 1, /"x" is not a conversation's identifier/],
    [['conversation', 'show', 'a#b#c'], 1, /holds no conversation a#b#c; check --stage/],
    [
      ['conversation', 'resolve', 'a#b#c', '--as', 'resend', '--vendor-id', 'SM1', '--by', 'Sam'],
      2,
      /goes with --as sent/,
    ],
    [['conversation', 'resolve', 'a#b#c', '--as', 'sent'], 1, /it is not known whose it is; give --by/],
    [['handoff', 'approve', 'a#b#c', '--set', 'x', '--by', 'Sam'], 2, /Give <name>=<value>/],
    [['handoff', 'approve', 'a#b#c', '--by', 'Sam'], 1, /holds no conversation a#b#c/],
    [['handoff', 'reject', 'a#b#c'], 2, /--reason <words>/],
    [['reply', 'done', 'a#b#c'], 2, /--seen <count>/],
    [['reply', 'done', 'a#b#c', '--seen', '0'], 2, /whole number from 1/],
    [['reply', 'done', 'a#b#c', '--seen', '1'], 1, /it is not known whose it is; give --by/],
    [['reply', 'done', 'a#b#c', '--seen', '1', '--by', 'Sam'], 1, /holds no conversation a#b#c/],
    [['person', 'erase', '07700 900123'], 1, /neither a phone number as/],
    [['person', 'export', 'ada'], 1, /neither a phone number as/],
  ])('%j ends with %d and a sentence', async (words, code, sentence) => {
    expect(await run(...words)).toMatchObject({ code, output: '', errors: expect.stringMatching(sentence) });
  });
});

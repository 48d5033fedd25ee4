import { setTimeout } from 'node:timers/promises';
import { postRequest, readConversation } from '../../tools/local-stage/api-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { recipient, request, startStage } from './local-stage-of-tests';

/** Mails as Inbound Parse posts them, over HTTP to the whole stack. */
describe('what recipients answer by e-mail', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('inbound-mail'); });
  afterAll(async () => { await stage.stop(); });

  const write = async (person: string) => {
    const { requestId, body } = request('email', recipient('email', { recipient_email: person }));
    return { requestId, answer: await postRequest(stage.url, stage.apiKey, body) };
  };
  const sendTo = async (person: string) => {
    const { requestId, answer } = await write(person);
    expect(answer).toMatchObject({ status: 200 });
    const { conversation_id: id } = await awaitOutcome(stage, requestId);
    const mail = stage.vendors.sendgrid.deliveries().find(({ to }) => to === person);
    return { id: String(id), mail };
  };
  const textsOf = async (id: string) => JSON.stringify(
    (await readConversation(stage.url, stage.apiKey, id, '?include=text')).body,
  );

  test('is kept in the thread of the mail that it answers, in any character set', async () => {
    const person = 'sam.reed@example.com';
    const { id, mail } = await sendTo(person);
    const to = mail?.replyTo ?? '';
    expect(to).toMatch(/^reply\+[0-9a-f]{32}@reply\.example\.com$/);
    const head = `From: Sam Reed <${person}>\r\nTo: ${to}\r\nMessage-ID: <1@example.com>\r\n`
      + 'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n';
    const raw = Buffer.from(`${head}J'\xe9tais en cong\xe9.\r\n`, 'latin1');
    const posted = await stage.vendors.sendgrid.receiveInbound({ raw, to: [to], from: person });
    expect(posted).toMatchObject({ attempts: [200] });
    expect(await textsOf(id)).toContain("J'étais en congé.");
  });

  test('comes by itself from recipients who answer', async () => {
    const { id } = await sendTo('replies-in-bursts@example.com');
    for (let tries = 0; tries < 200 && !(await textsOf(id)).includes('from March to July 2022.'); tries += 1) {
      await setTimeout(50);
    }
    const texts = await textsOf(id);
    expect(texts).toContain('I was on leave');
    expect(texts).not.toContain('wrote:');
  });

  test('opts out by one click, and a scanner that looks at the link does not', async () => {
    const person = 'lee.hart@example.com';
    const { mail } = await sendTo(person);
    const { 'List-Unsubscribe': header = '', 'List-Unsubscribe-Post': post } = mail?.headers ?? {};
    expect(post).toBe('List-Unsubscribe=One-Click');
    const url = header.slice(1, -1);
    const looked = await fetch(url);
    expect([looked.status, looked.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await write(person)).answer).toMatchObject({ status: 200 });
    const clicked = await fetch(url, { method: 'POST', body: new URLSearchParams('List-Unsubscribe=One-Click') });
    expect(clicked.status).toBe(200);
    expect((await write(person)).answer).toMatchObject({ status: 403, body: { error_code: 'RECIPIENT_OPTED_OUT' } });
  });

  test('is confirmed by one mail where it asks for no more of them', async () => {
    const person = 'kim.hill@example.com';
    const { mail } = await sendTo(person);
    const to = mail?.replyTo ?? '';
    const raw = Buffer.from(`From: ${person}\r\nTo: ${to}\r\nMessage-ID: <stop@example.com>\r\n\r\nUnsubscribe\r\n`);
    for (let times = 0; times < 2; times += 1) {
      const posted = await stage.vendors.sendgrid.receiveInbound({ raw, to: [to], from: person });
      expect(posted).toMatchObject({ attempts: [200] });
    }
    const [, confirmation, ...more] = stage.vendors.sendgrid.deliveries().filter((one) => one.to === person);
    expect(confirmation).toMatchObject({
      subject: 'You will get no more messages from us', headers: { 'Auto-Submitted': 'auto-replied' },
    });
    expect(more).toEqual([]);
    expect((await write(person)).answer).toMatchObject({ status: 403, body: { error_code: 'RECIPIENT_OPTED_OUT' } });
  });

  test('that is too large for a function is answered with an error, so that SendGrid keeps it for three days', async () => {
    const { mail } = await sendTo('large@example.com');
    const raw = Buffer.concat([Buffer.from('From: large@example.com\r\n\r\n'), Buffer.alloc(5_500_000, 'x')]);
    const { attempts } = await stage.vendors.sendgrid.receiveInbound({ raw, to: [mail?.replyTo ?? ''], from: 'x@y.z' });
    expect(attempts.every((status) => status !== undefined && status >= 400)).toBe(true);
  });
});

import { postRequest, readConversation } from '../../tools/local-stage/api-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { recipient, request, startStage } from './local-stage-of-tests';

/** Mails as Inbound Parse posts them, over HTTP to the whole stack. */
describe('what recipients answer by e-mail', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('inbound-mail'); });
  afterAll(async () => { await stage.stop(); });

  const sendTo = async (person: string) => {
    const { requestId, body } = request('email', recipient('email', { recipient_email: person }));
    expect(await postRequest(stage.url, stage.apiKey, body)).toMatchObject({ status: 200 });
    const { conversation_id: id } = await awaitOutcome(stage, requestId);
    const mail = stage.vendors.sendgrid.deliveries().find(({ to }) => to === person);
    return { id: String(id), mail };
  };

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
    const kept = await readConversation(stage.url, stage.apiKey, id, '?include=text');
    expect(JSON.stringify(kept.body)).toContain("J'étais en congé.");
  });
});

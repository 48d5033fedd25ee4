import { twilioSignature } from '../../../../tools/vendor-simulators/twilio-messages/signature';
import { postWebhook } from '../../../../tools/vendor-simulators/twilio-messages/webhook';
import type { WebhookReceiver } from '../webhook-receiver';
import { startWebhookReceiver } from '../webhook-receiver';

const PARAMETERS = { MessageSid: 'SM1', MessageStatus: 'sent' };

describe('posting a Twilio webhook', () => {
  let receiver: WebhookReceiver;

  afterEach(async () => { await receiver.stop(); });

  const post = async (fragment: string, ...answers: ReadonlyArray<number | 'reset' | 'silence'>) => {
    receiver = await startWebhookReceiver(...answers);
    return postWebhook('token', `${receiver.url}?c=1${fragment}`, PARAMETERS, new AbortController().signal);
  };

  it('posts a signed form without the fragment', async () => {
    const posted = await post('#rc=5&rp=all', 204);
    expect(posted).toMatchObject({ parameters: PARAMETERS, attempts: [204] });
    const [request] = receiver.received();
    expect(request?.url.search).toBe('?c=1');
    expect(receiver.forms()).toEqual([PARAMETERS]);
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=UTF-8');
    expect(request?.headers['x-twilio-signature']).toBe(twilioSignature('token', `${receiver.url}?c=1`, PARAMETERS));
  });

  it.each([
    ['by default, a server error is not retried', '', [500], [500]],
    ['by default, a lost connection is retried once', '', ['reset', 'reset', 204], ['ct', 'ct']],
    ['rp=all retries errors as well', '#rc=5&rp=all', [500, 404, 'reset', 204], [500, 404, 'ct', 204]],
    ['rp=5xx leaves client errors alone', '#rc=5&rp=5xx', [503, 400], [503, 400]],
    ['rp takes a list', '#rc=3&rp=4xx,ct', [400, 'reset', 500], [400, 'ct', 500]],
    ['rc is at most 5', '#rc=9&rp=all', [500], [500, 500, 500, 500, 500, 500]],
    ['rc=0 forbids a retry', '#rc=0&rp=all', [500], [500]],
  ] as const)('%s', async (_rule, fragment, answers, attempts) => {
    expect((await post(fragment, ...answers)).attempts).toEqual(attempts);
    expect(receiver.received()).toHaveLength(attempts.length);
  });

  it('rt bounds the wait for an answer', async () => {
    // On a busy machine the second answer may come too late as well.
    const { attempts } = await post('#rt=60&rc=1&rp=rt', 'silence', 200);
    expect([attempts[0], attempts.length]).toEqual(['rt', 2]);
  });

  it('marks the retries of one webhook with the same token', async () => {
    await post('#rc=1&rp=all', 500, 204);
    const tokens = receiver.received().map((request) => request.headers['i-twilio-idempotency-token']);
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(tokens[1]).toBe(tokens[0]);
  });

  it('posts nothing after the simulator has stopped', async () => {
    receiver = await startWebhookReceiver(204);
    expect((await postWebhook('token', receiver.url, PARAMETERS, AbortSignal.abort())).attempts).toEqual([]);
    expect(receiver.received()).toEqual([]);
  });
});

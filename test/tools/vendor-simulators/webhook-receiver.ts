import type { VendorAnswer, VendorRequest } from '../../../tools/vendor-simulators/loopback-server';
import { startLoopbackServer } from '../../../tools/vendor-simulators/loopback-server';

/**
 * The engine's end of a webhook: keeps what it gets and answers the statuses that a test gives, the last one from then
 * on.
 */
export interface WebhookReceiver {
  readonly url: string;
  received(): readonly VendorRequest[];
  /** The form parameters of each request. */
  forms(): ReadonlyArray<Readonly<Record<string, string>>>;
  stop(): Promise<void>;
}

export async function startWebhookReceiver(
  ...answers: ReadonlyArray<number | 'reset' | 'silence'>
): Promise<WebhookReceiver> {
  const requests: VendorRequest[] = [];
  const server = await startLoopbackServer(0, async (request): Promise<VendorAnswer> => {
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1] ?? 204;
    return Promise.resolve(
      typeof answer === 'number' ? { kind: 'answer', status: answer, body: '' } : { kind: answer },
    );
  });
  return {
    url: `${server.url}/hook`,
    received: () => [...requests],
    forms: () => requests.map((request) => Object.fromEntries(new URLSearchParams(request.body))),
    stop: server.stop,
  };
}

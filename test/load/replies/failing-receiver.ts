import type { EngineEvent } from '../../../src/client/engine-event';
import { verifyEvent } from '../../../src/client/verify-event';
import type { LoopbackListener } from '../../../tools/embedded-aws/loopback-listener';
import { listenOnLoopback, readBody } from '../../../tools/embedded-aws/loopback-listener';
import type { Random } from '../../support/random';

/** What a client's backend does wrong, each as likely as the others. The last took the event before it failed. */
const FAILURES = ['error', 'cut', 'taken-then-error'] as const;
const LARGEST_BODY_BYTES = 1024 * 1024;

export interface ReceiverCounts {
  readonly calls: number;
  readonly failures: number;
  /** Calls with an event that had been taken before. */
  readonly repeated: number;
  /** Calls that no secret proves: none may come. */
  readonly unverified: number;
}

/** A client's backend that takes the events of a run, and fails now and then. */
export interface FailingReceiver {
  readonly url: string;
  /** By identifier: those that were taken, in the order in which they first came. */
  readonly events: ReadonlyMap<string, EngineEvent>;
  readonly counts: ReceiverCounts;
  trust(secret: string): void;
  stop(): Promise<void>;
}

export async function startFailingReceiver(
  random: Random, failureShare: number, onTaken: (event: EngineEvent) => void = () => undefined,
): Promise<FailingReceiver> {
  const events = new Map<string, EngineEvent>();
  const secrets: string[] = [];
  const counts = { calls: 0, failures: 0, repeated: 0, unverified: 0 };
  const listener: LoopbackListener = await listenOnLoopback(0, async (request, response) => {
    const body = await readBody(request, LARGEST_BODY_BYTES);
    counts.calls += 1;
    const failure = random.chance(failureShare) ? random.pick(FAILURES) : undefined;
    if (failure) counts.failures += 1;
    if (failure === 'cut') {
      response.destroy();
      return;
    }
    if (failure === 'error') {
      response.writeHead(503).end();
      return;
    }
    try {
      const event = verifyEvent(body ?? '', request.headers, secrets);
      if (events.has(event.id)) {
        counts.repeated += 1;
      } else {
        events.set(event.id, event);
        onTaken(event);
      }
      response.writeHead(failure ? 500 : 204).end();
    } catch {
      counts.unverified += 1;
      response.writeHead(400).end();
    }
  });
  return {
    url: `${listener.url}/engine-events`, events, counts,
    trust: (secret) => { secrets.push(secret); },
    stop: listener.stop,
  };
}

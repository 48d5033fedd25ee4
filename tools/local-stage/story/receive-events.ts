import type { EngineEvent } from '../../../src/client/engine-event';
import { UnverifiedEvent, verifyEvent } from '../../../src/client/verify-event';
import { listenOnLoopback, readBody } from '../../embedded-aws/loopback-listener';
import { until } from './until';

/** A client's backend that takes events. */
export interface EventReceiver {
  readonly url: string;
  /** Those whose signature was right, each once, in the order in which they came. */
  readonly events: readonly EngineEvent[];
  /** Why a call was not believed. */
  readonly refused: readonly string[];
  /** The secret by which the engine signs from now on. Nothing is taken before. */
  trust(secret: string): void;
  /** Undefined if none has come when the wait is given up. */
  first<Type extends EngineEvent['type']>(type: Type, requestId: string): Promise<EventOf<Type> | undefined>;
  stop(): Promise<void>;
}

/** The event of a type; several types may share one form. */
export type EventOf<Type, Each = EngineEvent> = Each extends { readonly type: infer Types }
  ? (Type extends Types ? Each : never)
  : never;

const LARGEST_BODY_BYTES = 1024 * 1024;

/** Does what docs/events.md tells a client to do: verify the raw body, answer at once, leave out what came before. */
export async function receiveEvents(): Promise<EventReceiver> {
  const events: EngineEvent[] = [];
  const refused: string[] = [];
  const secrets: string[] = [];
  const listener = await listenOnLoopback(0, async (request, response) => {
    const body = await readBody(request, LARGEST_BODY_BYTES);
    try {
      const event = verifyEvent(body ?? '', request.headers, secrets);
      if (!events.some(({ id }) => id === event.id)) events.push(event);
      response.writeHead(204).end();
    } catch (error) {
      if (!(error instanceof UnverifiedEvent)) throw error;
      refused.push(error.reason);
      response.writeHead(400).end();
    }
  });
  return {
    url: `${listener.url}/engine-events`,
    trust: (secret) => { secrets.push(secret); },
    events,
    refused,
    first: async (type, requestId) => until(() => (
      events.filter((event) => isOf(event, type)).find((event) => isAbout(event, requestId))
    )),
    stop: listener.stop,
  };
}

function isOf<Type extends EngineEvent['type']>(event: EngineEvent, type: Type): event is EngineEvent & EventOf<Type> {
  return event.type === type;
}

function isAbout({ data }: EngineEvent, requestId: string): boolean {
  return 'request_id' in data && data.request_id === requestId;
}

import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One delivery as it reached the receiver. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly event: ReceivedEvent;
  readonly at: number;
}

export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client's system on this machine: keeps what it is sent, and answers as it is told. */
export interface EventReceiver {
  readonly url: string;
  readonly deliveries: readonly Delivery[];
  /** What the next deliveries are answered; 204 unless told. */
  answer: (delivery: Delivery) => number | Promise<number>;
  /** Resolves when this many deliveries are of the kind. */
  until(wanted: (delivery: Delivery) => boolean, count?: number): Promise<readonly Delivery[]>;
  stop(): Promise<void>;
}

const PATIENCE = 60_000;

export async function startReceiver(): Promise<EventReceiver> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const event = JSON.parse(body) as ReceivedEvent;
      const delivery = { headers: single(request.headers), body, event, at: Date.now() };
      deliveries.push(delivery);
      void Promise.resolve(receiver.answer(delivery)).then((status) => {
        response.writeHead(status, status === 302 ? { location: `${receiver.url}/elsewhere` } : {});
        response.end();
      });
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  const receiver: EventReceiver = {
    url: `http://127.0.0.1:${port}/events`,
    deliveries,
    answer: () => 204,
    until: async (wanted, count = 1) => {
      const end = Date.now() + PATIENCE;
      for (;;) {
        const found = deliveries.filter(wanted);
        if (found.length >= count) return found;
        if (Date.now() > end) throw new Error(`Waiting failed: of ${deliveries.length} deliveries ${found.length} fit.`);
        await new Promise((resolve) => { setTimeout(resolve, 50); });
      }
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
  return receiver;
}

function single(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

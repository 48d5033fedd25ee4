import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

export interface LoopbackListener {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  /** Cuts every connection, long polls too. */
  stop(): Promise<void>;
}

/** Serves HTTP on 127.0.0.1 only; port 0 takes a free one. If `answer` rejects, the connection is cut. */
export async function listenOnLoopback(
  port: number, answer: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>,
): Promise<LoopbackListener> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => { outgoing.destroy(); });
  });
  // Longer than clients keep an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', (cause) => {
      failed(
        new Error(`Listening on 127.0.0.1:${port} failed: ${cause.message}. Free the port or choose another.`, {
          cause,
        }),
      );
    });
    server.listen(port, '127.0.0.1', listening);
  });
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${boundPort}`,
    stop: async () => new Promise((stopped) => {
      server.close(() => { stopped(); });
      server.closeAllConnections();
    }),
  };
}

/**
 * The whole body; undefined if it is larger than `largestBytes`. It is read to its end all the same, so that the client
 * gets the answer.
 */
export async function readBody(incoming: IncomingMessage, largestBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= largestBytes) chunks.push(bytes);
    else chunks.length = 0;
  }
  return size <= largestBytes ? Buffer.concat(chunks) : undefined;
}

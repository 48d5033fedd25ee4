import type { Server } from 'node:http';
import { createRequire } from 'node:module';

let started: Promise<number> | undefined;

/**
 * The port of a DynamoDB in memory of this worker, started when its first test file asks: loading it anew for each file
 * cost more than its tests.
 */
export function sharedTableEngine(): Promise<number> {
  started ??= start();
  return started;
}

async function start(): Promise<number> {
  const dynalite: (options: object) => Server = createRequire(__filename)('dynalite');
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  // Neither the engine nor a connection that a test file left open keeps the worker from ending.
  server.on('connection', (socket) => socket.unref());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('Starting the table engine failed: it listens on no port.');
  }
  return address.port;
}

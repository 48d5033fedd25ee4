import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSigningSecret, signedHeaders } from '../../src/events/sign';

const page = readFileSync('docs/events.md', 'utf8');
const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
const lastShellBlock = () => (/```sh\n(BODY=[\s\S]*?)```/.exec(page)?.[1] ?? '');
const ID = '0b0f5f0e-6d5c-5a7e-9d0a-0c6f6d7b1a11';
const BODY = JSON.stringify({ id: ID, type: 'message.sent', sequence: 4, data: { request_id: 'r', state: 'Grüße' } });
const [before, secret] = [newSigningSecret(), newSigningSecret()];

let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'receivers-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

const isThere = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

async function post(port: number, headers: Readonly<Record<string, string>>, body = BODY): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    try {
      return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }
}

/** Each example takes what is signed by either secret, and nothing else. */
async function examine(command: string, words: readonly string[], port: number): Promise<void> {
  const environment = { ...process.env, ENGINE_SECRETS: [before, secret].join(','), PORT: String(port) };
  const receiver = spawn(command, words, { env: environment, stdio: 'ignore' });
  try {
    const signed = (given: string, now = Date.now()) => signedHeaders({ id: ID, now, body: BODY, secrets: [given] });
    expect(await post(port, signed(secret))).toBe(204);
    expect(await post(port, signed(before))).toBe(204);
    expect(await post(port, signed(newSigningSecret()))).toBe(400);
    expect(await post(port, signed(secret), BODY.replace('sent', 'read'))).toBe(400);
    expect(await post(port, signed(secret, Date.now() - 3_600_000))).toBe(400);
    expect(await post(port, {})).toBe(400);
  } finally {
    receiver.kill('SIGKILL');
  }
}

test('the receiver in TypeScript takes what the engine signed, and refuses the rest', async () => {
  const port = await freePort();
  const code = block('ts')
    .replace("'ai-multi-comms-engine-client'", JSON.stringify(join(process.cwd(), 'src/client/verify-event')))
    .replace('listen(8080)', `listen(${port})`);
  const file = join(folder, 'receiver.ts');
  writeFileSync(file, code);
  await examine(process.execPath, [join('node_modules', 'tsx', 'dist', 'cli.mjs'), file], port);
});

const whenShell = ['curl', 'openssl'].every(isThere) ? test : test.skip;
whenShell('what the shell signs by hand, the client believes', async () => {
  const port = await freePort();
  const file = join(folder, 'for-the-shell.ts');
  writeFileSync(file, block('ts')
    .replace("'ai-multi-comms-engine-client'", JSON.stringify(join(process.cwd(), 'src/client/verify-event')))
    .replace('listen(8080)', `listen(${port})`));
  const env = { ...process.env, ENGINE_SECRETS: secret };
  const words = [join('node_modules', 'tsx', 'dist', 'cli.mjs'), file];
  const receiver = spawn(process.execPath, words, { env, stdio: 'ignore' });
  try {
    await post(port, {});
    const script = lastShellBlock()
      .replace(':8080', `:${port}`)
      .replace('curl -sS', 'curl -sS -o /dev/null -w %{http_code}');
    expect(spawnSync('sh', ['-c', script], { env, encoding: 'utf8' }).stdout).toBe('204');
  } finally {
    receiver.kill('SIGKILL');
  }
});

const whenPython = isThere('python3') ? test : test.skip;
whenPython('the receiver in Python does the same', async () => {
  const file = join(folder, 'receiver.py');
  writeFileSync(file, block('python'));
  await examine('python3', [file], await freePort());
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readApiKey } from '../../../src/cli/requests/api-key';
import { acceptedOrRefused } from '../../../src/cli/requests/send-command';
import type { InitiateResult } from '../../../src/client/initiate-result';

const folder = mkdtempSync(join(tmpdir(), 'key-'));
afterAll(() => { rmSync(folder, { recursive: true }); });
const sent = { requestId: 'r', attempts: 1 } as const;

function file(text: string): string {
  const path = join(folder, `${Math.random()}.env`);
  writeFileSync(path, text);
  return path;
}

test.each([
  ['a file with the key alone', 'abc123\n', 'abc123'],
  ['an environment file', 'OTHER=1\nENGINE_KEY=abc123\n', 'abc123'],
  ['an environment file with quotes', 'export ENGINE_KEY="abc123"\n', 'abc123'],
])('%s tells the key', async (_what, text, key) => {
  expect(await readApiKey({}, file(text))).toBe(key);
});

test('the prompt goes before standard input, and either tells the key', async () => {
  expect(
    await readApiKey(
      { askHidden: () => Promise.resolve('typed'), readInput: () => Promise.resolve('piped') },
      undefined,
    ),
  ).toBe('typed');
  expect(await readApiKey({ readInput: () => Promise.resolve('piped\n') }, undefined)).toBe('piped');
});

test.each([
  ['no key at all', {}, undefined, /no key was given; type it at the prompt, pipe it in/],
  ['a file that is not there', {}, join(folder, 'nowhere'), /cannot be read; check --key-file/],
  ['several words', { readInput: () => Promise.resolve('two words') }, undefined, /is no API key/],
])('%s is told, and never what was read', async (_what, host, path, sentence) => {
  const failure = readApiKey(host, path);
  await expect(failure).rejects.toThrow(sentence);
  await expect(failure).rejects.toThrow(expect.not.stringContaining('two words'));
});

test('an accepted request is handed on', () => {
  const accepted = {
    outcome: 'accepted',
    conversationId: 'c',
    queuedAt: 't',
    replayed: false,
    warnings: [],
    ...sent,
  } as const;
  expect(acceptedOrRefused(accepted, 't')).toBe(accepted);
});

test.each<[InitiateResult, string]>([
  [
    {
      outcome: 'refused',
      status: 400,
      code: 'INVALID_TIMESTAMP',
      message: 'm',
      details: [{ path: 'request_data.x', message: 'is wrong' }],
      ...sent,
    },
    'Sending the request r failed: the engine refused it with 400 INVALID_TIMESTAMP (request_data.x is wrong); put '
      + 'it right, then send it again.',
  ],
  [
    {
      outcome: 'refused',
      status: 403,
      code: 'PROJECT_INACTIVE',
      message: 'The project is not active.',
      details: [],
      ...sent,
    },
    'Sending the request r failed: the engine refused it with 403 PROJECT_INACTIVE (The project is not active); put '
      + 'it right, then send it again.',
  ],
  [
    { outcome: 'limited', message: 'Too much.', retryAfterSeconds: 7, ...sent },
    'Sending the request r failed: Too much. Send it again in 7 s with --request-id r --at t.',
  ],
  [
    { outcome: 'unanswered', reason: 'No answer came in time.', ...sent },
    'Sending the request r failed: No answer came in time. It may have been accepted all the same: send it again '
      + 'with --request-id r --at t, which never makes a second message.',
  ],
])('anything else says what it is and what to do: %j', (result, sentence) => {
  expect(() => acceptedOrRefused(result, 't')).toThrow(sentence);
});

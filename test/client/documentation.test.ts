import { readFileSync } from 'node:fs';
import { DEFAULT_RETRY } from '../../src/client/retry-policy';

const page = readFileSync('docs/client.md', 'utf8');

test('the page\'s example is the one that the tests run', () => {
  const [, example] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];
  const tested = readFileSync('test/client/ask-candidate.ts', 'utf8');
  expect(example).toBe(tested.replace("'../../src/client/engine-client'", "'ai-multi-comms-engine-client'"));
});

test('the page names the times that the client keeps', () => {
  expect(DEFAULT_RETRY).toEqual({
    attempts: 5,
    firstDelay: 500,
    longestDelay: 10_000,
    patience: 60_000,
    attemptTimeout: 35_000,
  });
  expect(page).toContain('(0.5 s, 1 s, 2 s … 10 s)');
  expect(page).toContain('After five attempts or 60 s, whichever is first; one attempt ends after 35 s.');
});

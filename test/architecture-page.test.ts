import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('docs/architecture.md', 'utf8');

/** Files and folders that the page names, in the order of the page. */
const named = [...page.matchAll(/`((?:src|tools|test|projenrc)\/[\w./*-]+)`/g)].flatMap(([, path]) => path ?? []);

test('every file and folder that the page names exists', () => {
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

/** The steps of a section's table, each folder once where several follow one another. */
function journey(heading: string): readonly string[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  const walk = [...table.matchAll(/^\| (\d+) \| `([^`]+)` \|/gm)].map(([, number, path]) => ({ number: Number(number), path }));
  expect(walk.map(({ number }) => number)).toEqual(walk.map((_step, index) => index + 1));
  const folders = walk.map(({ path = '' }) => path.split('/')[1] ?? '');
  return folders.filter((folder, index) => folder !== folders[index - 1]);
}

test('one message is walked from the request to the receipt, in the order of its steps', () => {
  expect(journey('One message, from POST to receipt')).toEqual([
    'handlers', 'router', 'records', 'router', 'queue', 'handlers', 'processor', 'ai', 'proof', 'processor', 'providers',
    'processor', 'handlers', 'receipts',
  ]);
});

test('one reply is walked from the webhook to its event, and to the person or the client who answers', () => {
  expect(journey('One reply, from webhook to event')).toEqual([
    'receipts', 'queue', 'handlers', 'conversation', 'processor', 'events', 'operations', 'client-replies',
  ]);
});

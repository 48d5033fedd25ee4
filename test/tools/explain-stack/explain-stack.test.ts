import { readFileSync } from 'node:fs';
import { explainStack, handlerNames } from '../../../tools/explain-stack/explain-stack';

const ROOT = process.cwd();

/** Where a text stands in the bundle, as a stack would say it. */
function placeOf(text: string): string {
  const lines = readFileSync('.local/source-maps/channel-router/index.js', 'utf8').split('\n');
  const line = lines.findIndex((one) => one.includes(text));
  return `/var/task/index.js:${line + 1}:${(lines[line] ?? '').indexOf(text) + 1}`;
}

test('a place in the bundle becomes the file and line of the source', () => {
  explainStack({ projectFolder: ROOT, handler: 'channel-router' }, '');
  const words = 'is a number that cannot be kept exactly';
  const stack = `TypeError: x\n    at P$ (${placeOf(words)})\n    at async Runtime.handler `
    + '(file:///var/runtime/index.mjs:1173:29)';
  const source = readFileSync('src/router/check-request.ts', 'utf8').split('\n');
  const line = source.findIndex((one) => one.includes(words)) + 1;
  expect(explainStack({ projectFolder: ROOT, handler: 'channel-router' }, stack)).toMatch(
    new RegExp(
      `^TypeError: x\\n {4}at P\\$ \\(src/router/check-request\\.ts:${line}:\\d+\\)\\n.*index\\.mjs:1173:29\\)$`,
    ),
  );
});

test('a text without places stays as it is, and an unknown function is named with the known ones', () => {
  expect(explainStack({ projectFolder: ROOT, handler: 'channel-router' }, 'no place')).toBe('no place');
  expect(() => explainStack({ projectFolder: ROOT, handler: 'router' }, '')).toThrow(/there is no function router; take one of .*channel-router/);
  expect(handlerNames(ROOT)).toContain('sms-channel-processor');
});

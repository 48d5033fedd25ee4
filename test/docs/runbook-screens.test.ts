import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LISTED_STATES } from '../../src/operations/conversations/selection';
import { ALARMS } from '../../src/infra/alarm-rules';

const read = (name: string) => readFileSync(join(__dirname, '../..', name), 'utf8');
const runbook = read('docs/runbook.md');
const rows = [...runbook.matchAll(/^\| \[[^\]]+\]\(#([a-z-]+)\) \| .*`<ConsoleUrl>(\/[a-z]+)(?:\?state=(\w+))?` \|$/gm)];

test('each alarm of the table is one of the stack, under its heading, and leads to a screen of the console', () => {
  const screens = [...read('src/console/screens.ts').matchAll(/path: '([^']+)'/g)].map(([, path]) => path);
  const anchors = ALARMS.map(({ anchor }) => anchor);
  expect(rows.length).toBeGreaterThan(6);
  for (const [line, anchor = '', path, state] of rows) {
    expect([line, anchors.includes(anchor)]).toEqual([line, true]);
    expect(runbook).toMatch(new RegExp(`^### ${anchor.replaceAll('-', ' ')}$`, 'im'));
    expect(screens).toContain(path);
    if (state !== undefined) expect(LISTED_STATES).toContain(state);
  }
});

test("the console's guide has the headings that the table leads to", () => {
  const guide = read('docs/console.md');
  for (const [, heading = ''] of runbook.matchAll(/\(console\.md#([a-z-]+)\)/g)) {
    expect(guide).toMatch(new RegExp(`^## ${heading.replaceAll('-', ' ')}$`, 'im'));
  }
});

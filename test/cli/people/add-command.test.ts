import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runEngine } from '../../../src/cli/engine-program';
import type { Stage } from '../../../src/cli/stage';
import { CONSOLE_ROLES } from '../../../src/core/ports/console-people';
import type { AddedPerson } from '../../../src/core/ports/console-people';
import { readGrants } from '../../../src/console-api/people/may';

async function run(words: readonly string[], answer: AddedPerson['outcome'] = 'added', kind = 'deployed') {
  const added: object[] = [];
  const output: string[] = [];
  const errors: string[] = [];
  const stage = {
    name: 'dev',
    probe: { kind },
    consolePeople: {
      add: async (person: object) => {
        added.push(person);
        return Promise.resolve({ outcome: answer });
      },
    },
    close: () => undefined,
  };
  const code = await runEngine(words, {
    projectFolder: process.cwd(), operator: 'sam', columns: 200,
    print: (text) => { output.push(text); },
    printError: (text) => { errors.push(text); },
    openStage: () => stage as unknown as Stage,
  });
  return { code, added, output: output.join('\n'), errors: errors.join('\n') };
}

const ADD = ['person', 'add', 'oskar@example.com', '--role', 'operator', '--company', '*'];

test('the first operator is added by one command, and told so', async () => {
  const { code, added, output } = await run(ADD);
  expect([code, output]).toEqual([
    0, 'added: oskar@example.com is operator for every company; a first password is on its way to them',
  ]);
  expect(added).toEqual([{ email: 'oskar@example.com', group: 'operator:*' }]);
});

test('whoever is there gets one more role', async () => {
  const { output } = await run(['person', 'add', 'a@example.com', '--role', 'agent', '--company', 'acme'], 'known');
  expect(output).toBe('known before: a@example.com is agent for acme, too');
});

test.each(CONSOLE_ROLES)('a group for the role %s is one that the console grants', async (role) => {
  const { added } = await run(['person', 'add', 'a@example.com', '--role', role, '--company', 'acme-1.b']);
  expect(readGrants(added.map((person) => String(Object(person).group)))).toEqual([{ role, company: 'acme-1.b' }]);
});

test.each([
  [['person', 'add', 'oskar', '--role', 'operator', '--company', '*'], 1, '"oskar" is not an e-mail address; nobody was added.'],
  [['person', 'add', 'a@b.example', '--role', 'operator', '--company', 'a:b'], 1, "is not a company's identifier"],
  [['person', 'add', 'a@b.example', '--role', 'king', '--company', '*'], 2, 'Allowed choices are auditor'],
  [['person', 'add', 'a@b.example', '--company', '*'], 2, '--role'],
  [['person', 'add', 'a@b.example', '--role', 'operator'], 2, '--company'],
])('%j is refused, and nobody is added', async (words, code, sentence) => {
  const found = await run(words);
  expect([found.code, found.added]).toEqual([code, []]);
  expect(found.errors).toContain(sentence);
});

test('a stage without a pool, and a laptop, say what to do instead', async () => {
  expect((await run(ADD, 'no_pool')).errors).toMatch(/no user pool of its own\. Set console in src\/infra\/stages\.ts and deploy/);
  const local = await run(ADD, 'added', 'local');
  expect(local.errors).toContain('a local stage lets its sample people in');
  expect(local.added).toEqual([]);
});

test("the page on deploying says the very command, before the console's first sign-in", async () => {
  const page = readFileSync(join(__dirname, '../../../docs/deploying.md'), 'utf8');
  const [, section = ''] = page.split('## People of the console');
  const [line = ''] = /npx projen engine -- person add .*/.exec(section) ?? [];
  const words = line.replace('npx projen engine -- ', '').replaceAll("'", '').split(' ');
  expect((await run(words)).code).toBe(0);
});

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAdopt } from '../../../tools/adoption/adopt-program';
import { accountClients } from '../../../tools/adoption/aws/account-clients';
import { awsCloud } from '../../../tools/adoption/aws/aws-cloud';
import { takeoverJournal } from '../../../tools/adoption/aws/takeover-journal';
import { takeoverOperations } from '../../../tools/adoption/aws/takeover-operations';
import { awsAccount } from '../../../tools/deployment/aws-account';
import { runDeployment } from '../../../tools/deployment/deployment-program';
import type { AccountOfTests } from './account-of-tests';
import { ACCOUNT, startAccount } from './account-of-tests';
import { linesOf, PAGES, wordsOf } from './page-lines';

const EARLIER = join(process.cwd(), 'test/tools/deployment/earlier-assembly');
const TASKS: Readonly<Record<string, { readonly description?: string | false }>> =
  JSON.parse(readFileSync('.projen/tasks.json', 'utf8')).tasks;

/** The programs that change an account, by their tasks. */
const OF_ACCOUNTS = ['adopt', 'bootstrap', 'deploy', 'destroy', 'diff'];
/** What changes something in AWS begins like this, whatever the service. */
const CHANGES = /^(?:Create|Delete|Put|Update|Execute|Set|Add|Attach|Detach|Remove|Tag|Untag|Send|POST|PUT|PATCH|DELETE)/;

const environment = {
  AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-west-2', AWS_DEFAULT_REGION: 'eu-west-2',
};
const projen = PAGES.flatMap((page) => linesOf(page, 'npx projen'))
  .map(({ page, line }) => ({ page, line, task: wordsOf(line)[2] ?? '', words: wordsOf(line).slice(3) }));

test('every task that a page or a sentence of the program names is in the menu', () => {
  expect(projen.length).toBeGreaterThan(150);
  const inSentences = ['src', 'tools', 'projenrc'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/npx projen (?!in )([a-z][a-z0-9:-]*)/g)]
        .map(([, task = '']) => ({ page: join(folder, name), task: task.replace(/:$/, '') }))));
  expect(inSentences.length).toBeGreaterThan(60);
  const unknown = [...projen, ...inSentences]
    .filter(({ task }) => !/^(?:--.*|<.*|…|)$/.test(task) && TASKS[task] === undefined);
  expect(unknown).toEqual([]);
  const hidden = projen.filter(({ task }) => TASKS[task]?.description === false);
  expect(hidden.map(({ page, task }) => `${page}: ${task}`)).toEqual([]);
});

describe('over an account that answers as AWS does', () => {
  let account: AccountOfTests;
  const before = { ...process.env };
  const folder = mkdtempSync(join(tmpdir(), 'typed-pages-'));
  beforeAll(async () => {
    account = await startAccount();
    Object.assign(process.env, environment, { AWS_ENDPOINT_URL: account.url });
    // The third is the one that the page adds.
    const stages = ['dev', 'prod', 'staging'].map((name) => ({ name, region: 'eu-west-2' }));
    writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ context: { delivery: { stages } } }));
  });
  afterAll(async () => {
    process.env = before;
    await account.stop();
    rmSync(folder, { recursive: true });
  });

  /** Types a line. The programs, their AWS clients and their words are the real ones; CDK itself is only recorded. */
  async function type(task: string, words: readonly string[]) {
    const said: string[] = [];
    const cdk: string[] = [];
    const say = (line: string) => { said.push(line); };
    account.called.length = 0;
    const host = {
      projectFolder: folder, print: say, printError: say, synthesise: async () => Promise.resolve(EARLIER),
      ask: async () => Promise.resolve(words[words.indexOf('--stage') + 1] ?? 'dev'),
    };
    const code = task === 'adopt'
      ? await runAdopt(words, { ...host, openCloud })
      : await runDeployment([task, ...words], {
        ...host, isAutomated: false, shellRegion: 'eu-west-2', openAccount: awsAccount,
        runCdk: async (given) => { cdk.push(given.join(' ')); return Promise.resolve(0); },
      });
    return { code, said: said.join('\n'), cdk, changes: account.called.filter((name) => CHANGES.test(name)) };
  }

  function openCloud(region: string) {
    const clients = accountClients(region);
    return {
      cloud: awsCloud(clients),
      takeover: (stage: string, where: { readonly account: string; readonly region: string }) => ({
        operations: takeoverOperations(clients, where, stage, { now: Date.now, pause: async () => Promise.resolve() }),
        journal: takeoverJournal(clients.tables, stage, Date.now),
        owner: 'ada',
      }),
      close: clients.close,
    };
  }

  // A task's name alone is spoken of, unless it is a line by itself.
  const typed = [...new Map(projen.filter(({ task, words }) =>
    OF_ACCOUNTS.includes(task) && (words.length > 0 || task === 'deploy'))
    .map((one) => [`${one.task} ${one.words.join(' ')}`, one])).values()];

  test('the pages on deploying and adopting name such lines', () => {
    expect(typed.length).toBeGreaterThan(10);
    for (const page of ['docs/deploying.md', 'docs/adopting.md']) expect(typed.map((one) => one.page)).toContain(page);
  });

  test.each(typed)('$page: npx projen $task $words is taken as it stands', async ({ task, words }) => {
    account.stacks.clear();
    const { code, said } = await type(task, words.filter((word) => word !== '…'));
    // 2 is a line that the program does not know; 1 is one sentence about this account.
    expect({ code, said }).not.toMatchObject({ code: 2 });
    if (code === 1) expect(said.split('\n').at(-1)).toMatch(/^[A-Z].* (?:failed|was not started).*\.$/);
  });

  // What the assembly has: the third stage's settings are not among it.
  const ready = typed.filter(({ words }) => !words.includes('staging'));

  test.each(ready)('$page: npx projen $task $words does its work where the stages are set up', async ({ task, words }) => {
    account.stacks.clear();
    for (const stage of ['dev', 'prod']) {
      account.stacks.set(`ai-multi-comms-toolkit-${stage}`, 'UPDATE_COMPLETE');
      // A first deployment finds no stack of the stage.
      if (task !== 'deploy') account.stacks.set(`ai-multi-comms-${stage}`, 'UPDATE_COMPLETE');
    }
    const { code, said, cdk, changes } = await type(task, words.filter((word) => word !== '…'));
    const needsOldEnvironment = task === 'adopt' && /--from-stack|--undo/.test(words.join(' '));
    expect({ code, said }).toMatchObject({ code: needsOldEnvironment ? 1 : 0 });
    if (task === 'adopt') expect({ changes, cdk }).toEqual({ changes: [], cdk: [] });
    else expect(cdk.length).toBeGreaterThan(0);
  });

  test('each command that they print as the next step is taken as it is printed, and so on to the end', async () => {
    const open = typed.map(({ task, words }) => [task, ...words.filter((word) => word !== '…')].join(' '));
    const seen = new Set<string>();
    for (let line = open.shift(); line !== undefined; line = open.shift()) {
      if (seen.has(line)) continue;
      seen.add(line);
      account.stacks.clear();
      const [task = '', ...words] = wordsOf(line);
      const { code, said } = await type(task, words);
      expect({ line, code, said }).not.toMatchObject({ code: 2 });
      const printed = [...said.matchAll(/npx projen ((?:adopt|bootstrap|deploy|destroy|diff)(?= )(?: (?:--?[a-z-]+|[\w=,-]+))*)/g)]
        .map(([, next = '']) => next.replace(/ (?:then|and|which|with|wait|first)\b.*$/, ''));
      open.push(...printed);
    }
    expect([...seen].some((line) => line === 'bootstrap -c stages=prod')).toBe(true);
  });

  test.each([
    ['deploy --stage prod', /CDK has not been set up .* run `npx projen bootstrap -c stages=prod`/],
    ['destroy --stage dev', /has no stack ai-multi-comms-dev in eu-west-2\./],
    ['deploy -- --stage nope', /There is no stage "nope"/],
    ['adopt --stage nope', /There is no stage "nope"/],
    ['smoke --stage nope', /nope/],
  ])('the real npx projen %s reaches the account, changes nothing and says one sentence', async (line, sentence) => {
    account.stacks.clear();
    account.called.length = 0;
    const run = await ran('npx', ['projen', ...line.split(' ')], process.env);
    expect(run.said).toMatch(sentence);
    expect({ line, code: run.code }).toEqual({ line, code: 1 });
    expect(run.said).not.toMatch(/^\s+at /m);
    expect(account.called.filter((name) => CHANGES.test(name))).toEqual([]);
  });
});

/** AWS's own command judges its lines, where it is installed. */
const HAS_AWS = spawnSync('aws', ['--version']).status === 0;
const awsLines = PAGES.flatMap((page) => linesOf(page, 'aws'));

test('pages name lines of the AWS CLI', () => {
  expect(awsLines.length).toBeGreaterThan(10);
});

(HAS_AWS ? test : test.skip)('the AWS CLI takes each of its lines as it stands', async () => {
  const account = await startAccount();
  account.stacks.set('ai-multi-comms-dev', 'UPDATE_COMPLETE').set('ai-multi-comms-prod', 'UPDATE_COMPLETE');
  const env = { ...process.env, ...environment, STAGE: 'dev', CHANNEL: 'sms', POOL: 'eu-west-2_sample' };
  const waiting = [...awsLines];
  const refused: unknown[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const typed = next.line.replace(/…/g, '1');
      // As a flag: of the variable the CLI's first version makes nothing where it asks for queues.
      const script = `queue() { echo ${account.url}/${ACCOUNT}/q; }; ${typed} --endpoint-url ${account.url}`;
      const { code, said } = await ran('bash', ['-c', script], env);
      if (code !== 0) refused.push({ ...next, code, said });
    }
  };
  await Promise.all([lane(), lane(), lane()]);
  await account.stop();
  expect(refused).toEqual([]);
  expect(account.called.length).toBeGreaterThanOrEqual(awsLines.length);
});

/** Runs a program in a process of its own, which this one has to answer meanwhile. */
async function ran(
  program: string, words: readonly string[], env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { said += text.toString(); });
    child.on('close', (code) => { resolve({ code: code ?? 1, said }); });
  });
}

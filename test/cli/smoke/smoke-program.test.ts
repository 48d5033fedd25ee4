import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../../../src/cli/command-error';
import type { DeployedStage } from '../../../src/cli/smoke/deployed-stage';
import { runSmoke } from '../../../src/cli/smoke/smoke-program';

const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ context: { delivery: { stages: [{ name: 'dev', region: 'eu-west-2' }, { name: 'prod', region: 'eu-west-1' }] } } }));
afterAll(() => { rmSync(folder, { recursive: true }); });

const FORBIDDEN = { status: 403, body: '{"status":"error","error_code":"FORBIDDEN","message":"Forbidden","request_id":"unknown"}' };

interface Setting {
  readonly stage?: Partial<DeployedStage>;
  /** The answer to the n-th call of a path; every other one is the contract's refusal. */
  readonly answer?: (path: string, call: number) => { readonly status: number; readonly body: string };
}

/** Runs a command line against a stage in memory. */
async function smoke(words: readonly string[], { stage = {}, answer = () => FORBIDDEN }: Setting = {}) {
  const said: string[] = [];
  const calls: string[] = [];
  const pauses: number[] = [];
  const regions: string[] = [];
  const code = await runSmoke(words, {
    projectFolder: folder,
    print: (line) => said.push(line),
    complain: (line) => said.push(line),
    openStage: (region) => {
      regions.push(region);
      return {
        stack: async () => Promise.resolve({ status: 'UPDATE_COMPLETE', url: 'https://api.example.com/prod' }),
        functionState: async () => Promise.resolve({ state: 'Active', update: 'Successful' }),
        tableStatus: async () => Promise.resolve('ACTIVE'),
        deliveriesOf: async () => Promise.resolve(['Enabled']),
        close: () => undefined,
        ...stage,
      };
    },
    fetch: async (input, init) => {
      const { pathname } = new URL(String(input));
      calls.push(`${init?.method} ${pathname}`);
      const { status, body } = answer(pathname, calls.filter((made) => made.endsWith(pathname)).length);
      return Promise.resolve(new Response(body, { status }));
    },
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  });
  return { code, said: said.join('\n'), calls, pauses, regions };
}

describe('the smoke test', () => {
  test('looks at functions, tables, queues and the API of the stage in its own region, with no key and no second try', async () => {
    const { code, said, calls, pauses, regions } = await smoke(['--stage', 'prod']);
    expect([code, regions, pauses]).toEqual([0, ['eu-west-1'], []]);
    expect(calls).toEqual(['POST /prod/initiate-conversation', 'GET /prod/conversations/smoke-test', 'POST /prod/webhooks/twilio/status']);
    expect(said).toContain('✓ the function ai-multi-comms-email-channel-processor-prod is ready');
    expect(said).toContain('✓ the queue ai-multi-comms-sms-queue-prod reaches its processor');
    expect(said).toContain('prod works: 15 checks.');
  });

  test('waits until what was deployed reaches API Gateway\'s servers', async () => {
    const { code, pauses } = await smoke(['--stage', 'prod'], { answer: (path, call) => (path.endsWith('status') && call < 3 ? { status: 502, body: '' } : FORBIDDEN) });
    expect([code, pauses]).toEqual([0, [3_000, 3_000]]);
  });

  test('fails where a function behind the API does not start, after having tried for half a minute', async () => {
    const { code, said, pauses } = await smoke(['--stage', 'prod'], { answer: (path) => (path.endsWith('status') ? { status: 502, body: '{"message":"Internal server error"}' } : FORBIDDEN) });
    expect([code, pauses.length]).toEqual([1, 9]);
    expect(said).toContain('✗ a forged call of a vendor is refused by its function\n  The answer is 502');
    expect(said).toContain('prod does not work: 1 of 15 checks failed.');
  });

  test('is not content with a refusal in other words than the contract\'s', async () => {
    const { code } = await smoke(['--stage', 'prod'], { answer: () => ({ status: 403, body: '{"message":"Forbidden"}' }) });
    expect(code).toBe(1);
  });

  test.each<[string, Partial<DeployedStage>, string]>([
    ['a function whose update failed', { functionState: async () => Promise.resolve({ state: 'Active', update: 'Failed' }) }, 'its last update Failed'],
    ['a table that is going', { tableStatus: async () => Promise.resolve('DELETING') }, 'It is DELETING'],
    ['a queue that nobody takes from', { deliveriesOf: async () => Promise.resolve([]) }, 'No function takes from it'],
    ['a queue whose trigger is off', { deliveriesOf: async () => Promise.resolve(['Disabled']) }, 'What takes from it is Disabled'],
    ['a resource that may not be looked at', { tableStatus: async () => { throw new CommandError('Looking at the table failed.'); } }, 'Looking at the table failed.'],
  ])('names %s, and goes on with the other checks', async (_title, stage, reason) => {
    const { code, said } = await smoke(['--stage', 'prod'], { stage });
    expect(code).toBe(1);
    expect(said).toContain(reason);
    expect(said).toContain('✓ a request without a key is refused');
  });

  test.each([
    ['no stage at all', [], 2, "required option '--stage <stage>'"],
    ['a stage that does not exist', ['--stage', 'moon'], 1, 'There is no stage "moon": take one of dev, prod'],
  ])('refuses %s before anything is called', async (_title, words, expected, reason) => {
    const { code, said, calls } = await smoke(words);
    expect([code, calls]).toEqual([expected, []]);
    expect(said).toContain(reason);
  });

  test.each<[string, { readonly status: string; readonly url: string } | undefined, string]>([
    ['no stack', undefined, 'there is no stack ai-multi-comms-prod in this account and eu-west-1'],
    ['a stack in a failed state', { status: 'UPDATE_ROLLBACK_FAILED', url: '' }, 'is in the state UPDATE_ROLLBACK_FAILED'],
  ])('says in one sentence that there is %s', async (_title, stack, reason) => {
    const { code, said, calls } = await smoke(['--stage', 'prod'], { stage: { stack: async () => Promise.resolve(stack) } });
    expect([code, calls]).toEqual([1, []]);
    expect(said).toContain(reason);
    expect(said.split('\n')).toHaveLength(1);
  });

  test('takes a stage that CloudFormation has brought back to its last release for one that can be tested', async () => {
    const { code } = await smoke(['--stage', 'prod'], { stage: { stack: async () => Promise.resolve({ status: 'UPDATE_ROLLBACK_COMPLETE', url: 'https://api.example.com/prod' }) } });
    expect(code).toBe(0);
  });
});

import { spawnSync } from 'node:child_process';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { REFUSALS } from '../../tools/vendor-simulators/twilio-messages/errors';
import { startStage } from '../flow/local-stage-of-tests';
import { openStageOf } from './local-stage-under-test';
import { stageOf } from './stage-under-test';
import type { StageUnderTest } from './stage-under-test';
import { runSmoke, runSuite } from './suite';

const names = resourceNames(LOCAL_STAGE);

describe('the end-to-end suite against the embedded cloud', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('e2e'); });
  afterAll(async () => { await stage.stop(); });

  const run = async (
    suite: 'whole' | 'smoke',
    options: { readonly apiKey?: string; readonly signal?: AbortSignal; readonly vendors?: 'strangers' } = {},
  ) => {
    const lines: string[] = [];
    const { simulators, ...opened } = openStageOf(stage);
    const under: StageUnderTest = { ...opened, ...(simulators && options.vendors === undefined && { simulators }) };
    const world = {
      stage: under,
      print: (line: string) => {
        lines.push(line);
      },
      now: () => performance.now(),
      signal: options.signal ?? new AbortController().signal,
    };
    try {
      const passed =
        suite === 'smoke'
          ? await runSmoke(world)
          : await runSuite({
            ...world,
            patienceMilliseconds: 120_000,
            ...(options.apiKey && { apiKey: options.apiKey }),
          });
      return {
        passed,
        lines,
        failures: lines.filter((line) => /^[✗!]/.test(line)).map((line) => line.split(/\s{2,}/)[0]),
      };
    } finally {
      opened.close();
    }
  };

  /** Items of test companies, and the API keys, of which the suite may leave none behind. */
  const left = async () => {
    const tables = await Promise.all(
      [names.companyTable, names.conversationTable].map(
        async (TableName) => (await stage.tables.send(new ScanCommand({ TableName }))).Items ?? [],
      ),
    );
    const keys = stage.cloud.apiKeys().filter(({ name }) => name.startsWith('e2e-'));
    return [...tables.flat().filter((item) => JSON.stringify(item).includes('e2e-')), ...keys];
  };

  test('passes with simulated vendors, and leaves nothing behind', async () => {
    const { passed, lines, failures } = await run('whole');
    expect(failures).toEqual([]);
    expect(passed).toBe(true);
    expect(lines.at(-1)).toMatch(/^19 passed, 0 failed, in /);
    expect(await left()).toEqual([]);
  });

  test('passes where no vendor knows the test company', async () => {
    const { passed, failures } = await run('whole', { vendors: 'strangers' });
    expect({ passed, failures }).toEqual({ passed: true, failures: [] });
    expect(await left()).toEqual([]);
  });

  test('fails where a message does not reach its recipient, says which, goes on, and cleans up', async () => {
    stage.vendors.twilio.next({ kind: 'refused', refusal: REFUSALS.toInvalid });
    const { passed, failures, lines } = await run('whole');
    expect({ passed, failures }).toEqual({
      passed: false,
      failures: ['✗ sends the message by whatsapp once, and hears of its delivery'],
    });
    expect(lines.join('\n')).toContain('It ended as failed_to_send_message (recipient_unreachable) after 1 attempts.');
    expect(lines.at(-1)).toMatch(/^18 passed, 1 failed, in /);
    expect(await left()).toEqual([]);
  });

  test('says what it could not remove', async () => {
    const release = stage.cloud.services.intercept({
      beforeCall: ({ caller, operation }) =>
        caller.kind === 'administrator' && operation === 'DeleteSecret' ? 'refuse' : 'pass',
    });
    const stopped = AbortSignal.abort();
    const { passed, lines } = await run('whole', { signal: stopped });
    release();
    expect(passed).toBe(false);
    expect(lines.filter((line) => line.startsWith('! the secret ai-multi-comms/'))).toHaveLength(3);
    expect(await left()).toEqual([]);
  });

  test('binds no client\'s key', async () => {
    await expect(run('whole', { apiKey: stage.apiKey })).rejects.toThrow(
      "Binding the key to the test company failed: it is a client's",
    );
    expect(await left()).toEqual([]);
  });

  test('smoke passes, and writes nothing', async () => {
    const written: string[] = [];
    const release = stage.cloud.services.intercept({
      beforeCall: ({ operation }) => {
        if (/Put|Update|Delete|Create|Send/.test(operation)) written.push(operation);
        return 'pass';
      },
    });
    expect(await run('smoke')).toMatchObject({ passed: true, failures: [] });
    release();
    expect(written).toEqual([]);
  });

  test('smoke finds a function that does not start', async () => {
    const dying = setInterval(() => { stage.cloud.functions.kill(names.reader); }, 5);
    const { passed, failures } = await run('smoke');
    clearInterval(dying);
    expect({ passed, failures }).toEqual({ passed: false, failures: [`✗ ${names.reader} starts`] });
  });
});

describe('what is given wrongly is said in a sentence', () => {
  const e2e = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const { AWS_PROFILE: _profile, AWS_ACCESS_KEY_ID: _key, ...inherited } = process.env;
    const ran = spawnSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'test/e2e/e2e.ts', ...words], {
      encoding: 'utf8',
      env: {
        ...inherited,
        AWS_REGION: 'eu-west-2',
        AWS_EC2_METADATA_DISABLED: 'true',
        HOME: '/nowhere',
        ...environment,
      },
    });
    return {
      code: ran.status,
      said: ran.stderr
        .split('\n')
        .filter(
          (line) =>
            line !== '' &&
            !/AWS SDK|node >=|versions published|updates to AWS|and security|More information|will require|trace-warnings|NodeVersionSupport/.test(
              line,
            ),
        ),
    };
  };

  test.each([
    ['no stage', [], {}, 1, 'Testing a stage failed: none was named; give --stage <name> or --url <address>.'],
    [
      'no credentials',
      ['--stage', 'dev'],
      {},
      1,
      'Reading the outputs of the stack ai-multi-comms-dev failed: no AWS credentials were found; sign in, or set '
        + 'AWS_PROFILE.',
    ],
    [
      'an address where nothing answers',
      ['--url', 'http://127.0.0.1:9/dev'],
      { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
      1,
      'Reaching the stage failed: nothing answers at http://127.0.0.1:9/dev',
    ],
    ['a flag that does not exist', ['--stagee', 'dev'], {}, 2, "error: unknown option '--stagee'"],
  ])('%s', (_what, words, environment, code, sentence) => {
    const ran = e2e(words, environment);
    expect(ran.code).toBe(code);
    expect(ran.said[0]).toContain(sentence);
  });
});

test.each([
  ['https://a1b2c3.execute-api.eu-west-2.amazonaws.com/dev', 'dev'],
  ['http://127.0.0.1:4566/restapis/a1b2c3/prod/_user_request_', 'prod'],
  ['http://127.0.0.1:3000/dev/', 'dev'],
])('%s is the stage %s', (url, name) => {
  expect(stageOf(url)).toBe(name);
});

test.each(['dev', 'https://example.com', 'https://example.com/Dev'])('%s is not a stage\'s address', (url) => {
  expect(() => stageOf(url)).toThrow(/^Reading --url failed: /);
});

import type { Scenario, ScenarioResult } from '../../../tools/pipeline-rehearsal/scenarios';
import { runScenarios, UnexpectedRun } from '../../../tools/pipeline-rehearsal/scenarios';
import { reportLines } from '../../../tools/pipeline-rehearsal/report';
import { palette } from '../../../tools/local-stage/terminal';

const RUN = {
  id: '1',
  workflow: 'deliver',
  log: '',
  logFile: '/logs/1',
  asked: [],
  jobs: [
    { job: 'build', result: 'success', seconds: 1.5 },
    { job: 'deploy-dev', result: 'failure', seconds: 2, failed: 'Deploy' },
    { job: 'tested', result: 'skipped', seconds: 0 },
  ],
} as const;

const good = (title: string): Scenario => ({ title, vital: true, run: async () => Promise.resolve({ seen: 'well' }) });
const bad = (title: string, vital: boolean): Scenario => ({
  title,
  vital,
  run: async () => Promise.reject(new UnexpectedRun('the job failed', [RUN])),
});

async function perform(
  scenarios: readonly Scenario[],
  signal = new AbortController().signal,
): Promise<{ readonly rows: readonly ScenarioResult[]; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  let now = 0;
  const rows = await runScenarios(scenarios, {
    signal,
    now: () => {
      now += 500;
      return now;
    },
    print: (line) => lines.push(line),
  });
  return { rows, lines };
}

test('scenarios come one after the other, each with its seconds and what was seen', async () => {
  const { rows, lines } = await perform([good('first'), good('second')]);
  expect(rows.map(({ title, result, seconds, seen }) => [title, result, seconds, seen])).toEqual([
    ['first', 'as expected', 0.5, 'well'],
    ['second', 'as expected', 0.5, 'well'],
  ]);
  expect(lines[0]).toBe('1/2 first …');
});

test('after one that went wrong the rest is done all the same, unless nothing means anything without it', async () => {
  const results = async (vital: boolean) =>
    (await perform([bad('first', vital), good('second')])).rows.map(({ result }) => result);
  expect(await results(false)).toEqual(['UNEXPECTED', 'as expected']);
  expect(await results(true)).toEqual(['UNEXPECTED', 'not reached']);
});

test('none begins after the rehearsal was stopped', async () => {
  const stopping = new AbortController();
  const stops: Scenario = {
    title: 'first',
    vital: false,
    run: async () => {
      stopping.abort();
      return Promise.resolve({ seen: '' });
    },
  };
  expect((await perform([stops, good('second')], stopping.signal)).rows.map(({ result }) => result)).toEqual([
    'as expected',
    'not reached',
  ]);
});

describe('the page at the end', () => {
  const page = async (scenarios: readonly Scenario[], more: Partial<Parameters<typeof reportLines>[0]> = {}) =>
    reportLines(
      {
        emulator: 'Sample 1.0',
        rows: (await perform(scenarios)).rows,
        seconds: 61,
        executed: ['npx projen pipeline seal --x', 'npx projen pipeline verify', 'npx projen build'],
        replaced: [['npm ci', 'linked']],
        capabilities: [
          { name: 'API keys', isEnforced: true },
          { name: 'throttling', isEnforced: false },
          { name: 'speed', isEnforced: 'too slow' },
        ],
        takenOut: [
          { stack: 'b', logicalId: 'Alarm', type: 'Composite' },
          { stack: 'a', logicalId: 'Alarm', type: 'Composite' },
        ],
        ...more,
      },
      palette(false),
    ).join('\n');

  test('names jobs with result and seconds, what ran and what ran otherwise, and what the emulator lacks', async () => {
    const text = await page([good('first'), bad('second', false)]);
    expect(text).toMatch(/^ 1 {2}first +as expected +0\.5 s$/m);
    expect(text).toMatch(/^ 2 {2}second +UNEXPECTED +0\.5 s\n {6}the job failed$/m);
    expect(text).toMatch(/deliver 1 · deploy-dev +failure at "Deploy" +2\.0 s/);
    expect(text).not.toContain('tested');
    expect(text).toContain('  npx projen build\n  npx projen pipeline: seal, verify');
    expect(text).toContain('  npm ci\n    → linked');
    expect(text).toContain(
      'The emulator enforces (tried): API keys.\nIt does NOT enforce (tried): throttling.\nIt could not be tried: '
        + 'speed (too slow).',
    );
    expect(text).toContain('  Composite: a/Alarm, b/Alarm');
    expect(text.split('\n').at(-1)).toBe('1 of 2 went otherwise than expected; the first: second: the job failed.');
  });

  test('says it in one line when all went well, and when nothing had to be taken out', async () => {
    const text = await page([good('first')], { takenOut: [] });
    expect(text.split('\n').at(-1)).toBe('1 of 1 went as expected in 61 s.');
    expect(text).toContain('Nothing had to be taken out of its copy of the assembly.');
  });
});

import { chooseEmulator } from '../../../tools/pipeline-rehearsal/emulator/choose-emulator';
import type { EmulatorChoice, Emulator } from '../../../tools/pipeline-rehearsal/emulator/choose-emulator';
import { readFlags, rehearseCommand } from '../../../tools/pipeline-rehearsal/rehearse-command';

const NONE: EmulatorChoice = { kind: 'none', why: 'python3 is missing here: install it.' };

function emulator(stopped: string[] = []): Emulator {
  return { name: 'sample', environment: {}, stop: async () => { stopped.push('stopped'); return Promise.resolve(); } };
}

async function command(words: readonly string[], choice: EmulatorChoice, code: number | Error = 0) {
  const lines: string[] = [];
  const result = await rehearseCommand(words, {
    chooseEmulator: async () => Promise.resolve(choice),
    rehearse: async () => (typeof code === 'number' ? Promise.resolve(code) : Promise.reject(code)),
    print: (line) => lines.push(line),
  });
  return { code: result, lines };
}

test('without Python it is skipped in one line and ends well; with --require that is a failure', async () => {
  expect(await command([], NONE)).toEqual({
    code: 0,
    lines: ['rehearse: skipped, python3 is missing here: install it.'],
  });
  expect(await command(['--', '--require'], NONE)).toEqual({
    code: 1,
    lines: ['rehearse: skipped, python3 is missing here: install it.'],
  });
});

test('the rehearsal says how it went, and the emulator stops whatever happens', async () => {
  const stopped: string[] = [];
  expect((await command([], { kind: 'emulator', emulator: emulator(stopped) }, 1)).code).toBe(1);
  await expect(command([], { kind: 'emulator', emulator: emulator(stopped) }, new Error('broken'))).rejects.toThrow(
    'broken',
  );
  expect(stopped).toEqual(['stopped', 'stopped']);
});

test('flags that it does not know are refused with those that it knows', () => {
  expect(readFlags(['--checked'])).toEqual({ isRequired: false, isChecked: true });
  expect(() => readFlags(['--fast'])).toThrow('Rehearsing failed: --fast is not understood; it takes --checked');
});

describe('the emulator', () => {
  const given = (endpoint: string) => ({ endpoint, accessKeyId: undefined, secretAccessKey: undefined });
  const refuse = async () => Promise.reject(new Error('must not be asked'));

  test('that is given comes first, and Python is not asked for', async () => {
    const choice = await chooseEmulator({
      given: given('http://127.0.0.1:4566'),
      preparePython: refuse,
      start: refuse,
    });
    expect(choice.kind === 'emulator' && choice.emulator.environment).toEqual({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4566',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  });

  test.each([
    'https://sts.eu-west-2.amazonaws.com',
    'https://s3.cn-north-1.amazonaws.com.cn',
    'https://lambda.eu-west-2.api.aws',
  ])('is never AWS itself: %s', async (endpoint) => {
    await expect(chooseEmulator({ given: given(endpoint), preparePython: refuse, start: refuse })).rejects.toThrow(
      'which is AWS itself',
    );
  });

  test('that is not a URL is refused', async () => {
    await expect(chooseEmulator({ given: given('localhost'), preparePython: refuse, start: refuse })).rejects.toThrow(
      'AWS_ENDPOINT_URL is "localhost", which is not a URL',
    );
  });

  test('is MiniStack where Python can be had, and why there is none where it cannot', async () => {
    const ready = async () => Promise.resolve({ kind: 'ready', programs: '/venv/bin' } as const);
    const started: string[] = [];
    const start = async (programs: string) => { started.push(programs); return Promise.resolve(emulator()); };
    expect((await chooseEmulator({ given: undefined, preparePython: ready, start })).kind).toBe('emulator');
    expect(started).toEqual(['/venv/bin']);
    const missing = async () => Promise.resolve({ kind: 'missing', why: 'python3 is missing here' } as const);
    expect(await chooseEmulator({ given: undefined, preparePython: missing, start: refuse })).toEqual({
      kind: 'none', why: 'python3 is missing here, or give an emulator that runs by AWS_ENDPOINT_URL.',
    });
  });

  test('that does not start is an error, and no reason to skip', async () => {
    const ready = async () => Promise.resolve({ kind: 'ready', programs: '/venv/bin' } as const);
    await expect(
      chooseEmulator({
        given: undefined,
        preparePython: ready,
        start: async () => Promise.reject(new Error('Starting the emulator failed')),
      }),
    ).rejects.toThrow('Starting the emulator failed');
  });
});

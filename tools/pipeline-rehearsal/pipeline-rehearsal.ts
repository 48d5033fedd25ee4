import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../run-program';
import { chooseEmulator } from './emulator/choose-emulator';
import type { Emulator } from './emulator/choose-emulator';
import { startMiniStack } from './emulator/ministack';
import { preparePython } from './emulator/python-environment';
import { readFlags, rehearseCommand } from './rehearse-command';
import { rehearseOnEmulator } from './rehearse-on-emulator';

const print = (line: string) => process.stdout.write(`${line}\n`);
const projectFolder = process.cwd();
const folder = join(projectFolder, '.local/rehearsal');
const words = process.argv.slice(2);

/**
 * Only a process that is started with the emulator's certificate trusts it: so this command starts itself once more,
 * and this variable marks the second process.
 */
const INSIDE = 'REHEARSAL_EMULATOR';

async function outside(): Promise<number> {
  await mkdir(folder, { recursive: true });
  const {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = process.env;
  const given = endpoint ? { endpoint, accessKeyId, secretAccessKey } : undefined;
  return rehearseCommand(words, {
    chooseEmulator: async () => chooseEmulator({
      given,
      preparePython: async () => preparePython({ folder: join(folder, 'python'), run: runProgram, print }),
      start: async (programs) => {
        print('Starting MiniStack …');
        return startMiniStack({
          programs,
          folder: join(folder, 'emulator'),
          logFile: join(folder, 'ministack.log'),
          region: 'us-east-1',
          run: runProgram,
        });
      },
    }),
    rehearse: async (emulator) => again(emulator),
    print,
  });
}

/** This very command in a process that reaches the emulator; a signal to this one stops both, the emulator last. */
async function again(emulator: Emulator): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...words], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      ...emulator.environment,
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: undefined,
      AWS_REGION: 'us-east-1',
      [INSIDE]: emulator.name,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { child.kill('SIGTERM'); });
  return new Promise((ended, failed) => {
    child.once('error', failed);
    child.once('close', (code) => { ended(code ?? 1); });
  });
}

async function inside(emulator: string): Promise<number> {
  const { isChecked } = readFlags(words);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopping.abort(new Error('The rehearsal was stopped.'));
    });
  }
  const isColoured = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const went = await rehearseOnEmulator({
    projectFolder,
    emulator,
    isChecked,
    environment: process.env,
    isColoured,
    signal: stopping.signal,
    print,
  });
  return went ? 0 : 1;
}

const { [INSIDE]: emulator } = process.env;
(emulator === undefined ? outside() : inside(emulator)).then(
  (code) => { process.exitCode = code; },
  (fault: unknown) => {
    process.stderr.write(`rehearse: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exitCode = 1;
  },
);

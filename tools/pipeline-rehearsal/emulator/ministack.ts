import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { listenOnLoopback } from '../../embedded-aws/loopback-listener';
import type { RunProgram } from '../../run-program';
import { endGroup, lastWords } from '../../run-program';
import type { Emulator } from './choose-emulator';
import { EMULATED_ACCOUNT } from './choose-emulator';

export interface MiniStackOptions {
  /** Where its programs lie: the virtual environment's `bin`. */
  readonly programs: string;
  /** For its state; removed when it stops. */
  readonly folder: string;
  readonly logFile: string;
  readonly region: string;
  readonly run: RunProgram;
}

/** Milliseconds in which it must answer; it takes two seconds on an idle machine. */
const START_LIMIT = 300_000;
const POLL = 100;
/** Milliseconds between asking it to end and ending it. */
const GRACE = 3_000;

/** Starts MiniStack on loopback, over TLS and with its permissions switched on; both are off by default. */
export async function startMiniStack(options: MiniStackOptions): Promise<Emulator> {
  const { folder, logFile } = options;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'tmp'), { recursive: true });
  await certify(options);
  const port = await freePort();
  const endpoint = `https://127.0.0.1:${port}`;
  const log = openSync(logFile, 'w');
  const child = spawn(join(options.programs, 'ministack'), [], {
    cwd: folder, env: miniStackEnvironment(options, port, endpoint), stdio: ['ignore', log, log], detached: true,
  });
  closeSync(log);
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => { resolve(error.message); });
    child.once('exit', (code, signal) => {
      resolve(`it ended with ${code === null ? String(signal) : `exit code ${code}`}`);
    });
  });
  const stop = async () => {
    // The functions' processes are in its group.
    await endGroup(child, GRACE);
    await rm(folder, { recursive: true, force: true });
  };
  const fault = await Promise.race([failed, answers(endpoint, authority(folder))]);
  if (fault !== undefined) {
    await stop();
    throw new Error(
      `Starting the emulator failed: ${fault} (${lastWords(await readFile(logFile, 'utf8'))}); read ${logFile}, or `
        + `delete ${dirname(options.programs)} so that it is installed anew.`,
    );
  }
  return { name: 'MiniStack 1.5.33', environment: clientEnvironment(endpoint, authority(folder)), stop };
}

/** The certificate of the authority that clients trust. */
function authority(folder: string): string {
  return join(folder, 'client.pem');
}

/** Policies of the stack refuse whatever does not come over TLS, and the emulator applies them. */
async function certify({ programs, folder, run }: MiniStackOptions): Promise<void> {
  const made = await run(join(programs, 'python3'), [
    '-m',
    'trustme',
    '--quiet',
    '-d',
    folder,
    '-i',
    '127.0.0.1',
    'localhost',
  ]);
  if (made.code !== 0) {
    throw new Error(
      `Starting the emulator failed: no certificate could be made (${lastWords(made.output)}); delete `
        + `${dirname(programs)} so that its packages are installed anew.`,
    );
  }
}

function miniStackEnvironment(
  { programs, folder, region }: MiniStackOptions,
  port: number,
  endpoint: string,
): Readonly<Record<string, string>> {
  return {
    PATH: `${programs}:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    BIND_HOST: '127.0.0.1',
    MINISTACK_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: EMULATED_ACCOUNT,
    MINISTACK_REGION: region,
    S3_DATA_DIR: join(folder, 's3'),
    STATE_DIR: join(folder, 'state'),
    AUTH: 'true',
    USE_SSL: '1',
    MINISTACK_SSL_CERT: join(folder, 'server.pem'),
    MINISTACK_SSL_KEY: join(folder, 'server.key'),
    // Its functions are Node.js processes that inherit these.
    NODE_EXTRA_CA_CERTS: authority(folder),
    AWS_ENDPOINT_URL: endpoint,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

function clientEnvironment(endpoint: string, certificate: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: EMULATED_ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'test',
    NODE_EXTRA_CA_CERTS: certificate,
    // The CDK command reads this one instead.
    AWS_CA_BUNDLE: certificate,
  };
}

/** Resolves with nothing once it answers, with what is wrong once the limit is over. */
async function answers(endpoint: string, certificate: string): Promise<string | undefined> {
  const ca = readFileSync(certificate);
  const deadline = performance.now() + START_LIMIT;
  while (performance.now() < deadline) {
    if (await isHealthy(`${endpoint}/_ministack/health`, ca)) return undefined;
    await setTimeout(POLL);
  }
  return `it did not answer within ${START_LIMIT / 1000} s`;
}

async function isHealthy(url: string, ca: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { ca }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once('error', () => { resolve(false); });
  });
}

async function freePort(): Promise<number> {
  const { url, stop } = await listenOnLoopback(0, async () => Promise.resolve());
  await stop();
  return Number(new URL(url).port);
}

import { spawnSync } from 'node:child_process';
import { CHANNEL_DEFINITIONS, CHANNELS } from '../../src/core/channel';
import { ENV_VARS } from '../../src/core/env-vars';
import { vendorUrlVariable } from '../../src/core/ports/vendor';

/** What it took a fresh process to load a file. */
export interface FreshImport {
  /** Milliseconds from the first line of the process to the end of the import. */
  readonly milliseconds: number;
  readonly residentBytes: number;
  /** Microseconds of processor time of the whole process. */
  readonly cpu: number;
}

/** As Lambda starts a function: the variables that it reads, and nothing of this shell. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.values(ENV_VARS).map((name) => [name, '1'])),
  ...Object.fromEntries(
    CHANNELS.map((channel) => [vendorUrlVariable(CHANNEL_DEFINITIONS[channel].vendor), 'http://127.0.0.1:9']),
  ),
  [ENV_VARS.queueUrls]: '{"whatsapp":"w","sms":"s","email":"e"}',
  [ENV_VARS.logLevel]: 'INFO',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_LAMBDA_FUNCTION_NAME: 'import',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  OPENAI_API_KEY: 'none',
};

/**
 * As Lambda's runtime loads a handler: only what must be is imported. To import CommonJS, Node.js reads the whole file
 * once more for its exports.
 */
const LOADER = `const load = (file) => (file.endsWith('.mjs') ? import(file) : require(file));
const begun = performance.now();
(async () => process.argv[1] && load(process.argv[1]))()
  .then(() => process.stdout.write(JSON.stringify({ milliseconds: performance.now() - begun, residentBytes: process.memoryUsage.rss(), cpu: process.cpuUsage().user + process.cpuUsage().system })), (error) => { process.stderr.write(String(error)); process.exitCode = 1; });
`;

/** Imports a JavaScript file in a process of its own; without one, the process does nothing, for comparison. */
export function importFresh(file?: string, nodeFlags: readonly string[] = []): FreshImport {
  const words = [...nodeFlags, '--eval', LOADER, ...(file === undefined ? [] : [file])];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { env: ENVIRONMENT, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(
      `Importing ${file ?? 'nothing'} failed: ${stderr.trim().replace(/\.$/, '').slice(0, 500)}. Bundle it again `
        + `with \`npx projen bundle\`.`,
    );
  }
  const found: FreshImport = JSON.parse(stdout);
  return found;
}

import type { PythonEnvironment } from './python-environment';

/** An AWS emulator that speaks CloudFormation, and how programs reach it. */
export interface Emulator {
  /** As it is shown beside the result. */
  readonly name: string;
  /** Variables that lead the AWS SDK, the CDK command and Node.js to it, as the account's administrator. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * The account that the rehearsal deploys to; MiniStack takes a key of twelve digits for the account's administrator.
 */
export const EMULATED_ACCOUNT = '111111111111';

interface GivenEndpoint {
  readonly endpoint: string;
  readonly accessKeyId: string | undefined;
  readonly secretAccessKey: string | undefined;
}

export interface EmulatorSources {
  /** AWS_ENDPOINT_URL and its keys, where the shell has them. */
  readonly given: GivenEndpoint | undefined;
  preparePython(): Promise<PythonEnvironment>;
  /** `programs` is where MiniStack's program lies. */
  start(programs: string): Promise<Emulator>;
}

/** What can be had here: an emulator, or the end of the sentence that says why there is none. */
export type EmulatorChoice =
  | { readonly kind: 'emulator'; readonly emulator: Emulator }
  | { readonly kind: 'none'; readonly why: string };

/**
 * An endpoint that is given comes first; otherwise MiniStack, where Python's packages can be had. An emulator that does
 * not start is an error.
 */
export async function chooseEmulator({ given, preparePython, start }: EmulatorSources): Promise<EmulatorChoice> {
  if (given) return { kind: 'emulator', emulator: givenEndpoint(given) };
  const python = await preparePython();
  if (python.kind === 'missing') {
    return { kind: 'none', why: `${python.why}, or give an emulator that runs by AWS_ENDPOINT_URL.` };
  }
  return { kind: 'emulator', emulator: await start(python.programs) };
}

/** An emulator that runs already. Real AWS is refused: a rehearsal breaks things on purpose. */
function givenEndpoint({ endpoint, accessKeyId, secretAccessKey }: GivenEndpoint): Emulator {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : undefined;
  if (host === undefined) {
    throw new Error(
      `Reaching the emulator failed: AWS_ENDPOINT_URL is "${endpoint}", which is not a URL; set it to one like `
        + 'http://127.0.0.1:4566, or leave it out.',
    );
  }
  if (/(^|\.)(amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/.test(host)) {
    throw new Error(
      `Reaching the emulator failed: AWS_ENDPOINT_URL leads to ${host}, which is AWS itself; a rehearsal breaks `
        + 'what it deploys, so leave the variable out or name an emulator.',
    );
  }
  return {
    name: `the emulator at ${endpoint}`,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId ?? 'test',
      AWS_SECRET_ACCESS_KEY: secretAccessKey ?? 'test',
    },
    stop: async () => Promise.resolve(),
  };
}

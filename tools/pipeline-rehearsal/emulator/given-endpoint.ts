import type { Emulator } from './emulator';

export interface GivenEndpoint {
  readonly endpoint: string;
  readonly accessKeyId: string | undefined;
  readonly secretAccessKey: string | undefined;
}

/** An emulator that runs already. Real AWS is refused: a rehearsal breaks things on purpose. */
export function givenEndpoint({ endpoint, accessKeyId, secretAccessKey }: GivenEndpoint): Emulator {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : undefined;
  if (host === undefined) throw new Error(`Reaching the emulator failed: AWS_ENDPOINT_URL is "${endpoint}", which is no URL; set it to one like http://127.0.0.1:4566, or leave it out.`);
  if (/(^|\.)(amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/.test(host)) {
    throw new Error(`Reaching the emulator failed: AWS_ENDPOINT_URL leads to ${host}, which is AWS itself; a rehearsal breaks what it deploys, so leave the variable out or name an emulator.`);
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

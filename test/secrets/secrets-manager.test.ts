import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecretsManagerSecrets } from '../../src/secrets/secrets-manager';

type Answer =
  | { readonly SecretString?: string; readonly SecretBinary?: string }
  | { readonly error: string; readonly status?: number };

/** A Secrets Manager that answers what the test puts into it. */
const answers = new Map<string, Answer>();
let calls: string[] = [];
const server = createServer((request, response) => {
  request.setEncoding('utf8');
  let body = '';
  request.on('data', (part: string) => (body += part));
  request.on('end', () => {
    const { SecretId: secretId } = JSON.parse(body) as { readonly SecretId: string };
    calls.push(secretId);
    const answer = answers.get(secretId) ?? { error: 'ResourceNotFoundException' };
    const isError = 'error' in answer;
    response.writeHead(isError ? (answer.status ?? 400) : 200, { 'Content-Type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(isError ? { __type: answer.error, message: 'no' } : { Name: secretId, ...answer }));
  });
});
let client: SecretsManagerClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  client = new SecretsManagerClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
beforeEach(() => {
  answers.clear();
  calls = [];
});
afterEach(() => jest.useRealTimers());
afterAll(() => {
  client.destroy();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const secrets = () => new SecretsManagerSecrets(new SecretsProvider({ awsSdkV3Client: client }));
const found = (fields: Readonly<Record<string, string>>): Answer => ({ SecretString: JSON.stringify(fields) });

test('a secret is its fields', async () => {
  answers.set('key', found({ ai_api_key: 'value', other: '' }));
  expect(await secrets().read('key')).toEqual({ outcome: 'found', fields: { ai_api_key: 'value', other: '' } });
});

test('a secret is read once in five minutes, and anew after them', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'] });
  answers.set('key', found({ ai_api_key: 'old' }));
  const store = secrets();
  await store.read('key');
  answers.set('key', found({ ai_api_key: 'new' }));
  jest.setSystemTime(Date.now() + 299_000);
  expect(await store.read('key')).toMatchObject({ fields: { ai_api_key: 'old' } });
  jest.setSystemTime(Date.now() + 2_000);
  expect(await store.read('key')).toMatchObject({ fields: { ai_api_key: 'new' } });
  expect(calls).toEqual(['key', 'key']);
});

test('reads at once share one call', async () => {
  answers.set('key', found({ ai_api_key: 'value' }));
  const store = secrets();
  const results = await Promise.all([store.read('key'), store.read('key'), store.read('other')]);
  expect(results.map(({ outcome }) => outcome)).toEqual(['found', 'found', 'missing']);
  expect(calls.sort()).toEqual(['key', 'other']);
});

test.each([
  ['is unknown', { error: 'ResourceNotFoundException' }, 'missing'],
  ['is marked for deletion', { error: 'InvalidRequestException' }, 'missing'],
  ['has a name that none can have', { error: 'ValidationException' }, 'missing'],
  ['may not be read', { error: 'AccessDeniedException' }, 'unavailable'],
  ['cannot be decrypted', { error: 'DecryptionFailure' }, 'unavailable'],
  ['is asked for too often', { error: 'ThrottlingException' }, 'unavailable'],
  ['meets a fault of the service', { error: 'InternalServiceError', status: 500 }, 'unavailable'],
  ['is no JSON', { SecretString: 'sk-plain' }, 'malformed'],
  ['is a list', { SecretString: '["value"]' }, 'malformed'],
  ['is null', { SecretString: 'null' }, 'malformed'],
  ['is a text', { SecretString: '"value"' }, 'malformed'],
  ['holds a number', { SecretString: '{"ai_api_key":"value","port":1}' }, 'malformed'],
  ['holds an object', { SecretString: '{"ai_api_key":{"inner":"value"}}' }, 'malformed'],
  ['is binary', { SecretBinary: 'AAEC' }, 'malformed'],
  ['is empty', { SecretString: '' }, 'malformed'],
] as const)(
  'a secret that %s is answered and not kept: once mended it is used at once',
  async (_words, answer, outcome) => {
    const store = secrets();
    answers.set('key', answer);
    expect(await store.read('key')).toEqual({ outcome });
    answers.set('key', found({ ai_api_key: 'mended' }));
    expect(await store.read('key')).toEqual({ outcome: 'found', fields: { ai_api_key: 'mended' } });
  },
);

test('a service that cannot be reached is unavailable', async () => {
  const nowhere = new SecretsManagerClient({
    endpoint: 'http://127.0.0.1:1',
    region: 'eu-west-1',
    credentials: { accessKeyId: 't', secretAccessKey: 't' },
    maxAttempts: 1,
  });
  expect(await new SecretsManagerSecrets(new SecretsProvider({ awsSdkV3Client: nowhere })).read('key')).toEqual({
    outcome: 'unavailable',
  });
});

test('what is thrown and no error is unavailable too', async () => {
  const provider = { get: () => Promise.reject('odd'), clearCache: () => undefined };
  expect(await new SecretsManagerSecrets(provider as never).read('key')).toEqual({ outcome: 'unavailable' });
});

test('the cache is bounded', async () => {
  const get = jest.fn().mockResolvedValue('{"field":"value"}');
  const clearCache = jest.fn();
  const store = new SecretsManagerSecrets({ get, clearCache } as never);
  for (let index = 0; index < 500; index += 1) await store.read(`secret ${index}`);
  await store.read('secret 0');
  expect(clearCache).not.toHaveBeenCalled();
  await store.read('one more');
  expect(clearCache).toHaveBeenCalledTimes(1);
  await store.read('secret 0');
  expect(get).toHaveBeenLastCalledWith('secret 0', { maxAge: 300, forceFetch: true });
});

test('a read past the cache sees a rotated secret at once, but not more often than every 30 seconds', async () => {
  let now = 0;
  const get = jest.fn().mockResolvedValue('{"field":"value"}');
  const store = new SecretsManagerSecrets({ get, clearCache: jest.fn() } as never, () => now);
  const isForced = async (pastCache: boolean) => {
    await store.read('key', { pastCache });
    return get.mock.lastCall?.[1].forceFetch;
  };
  expect([await isForced(false), await isForced(false)]).toEqual([true, false]);
  expect([await isForced(true), await isForced(true)]).toEqual([true, false]);
  now = 29_999;
  expect(await isForced(true)).toBe(false);
  now = 30_000;
  expect(await isForced(true)).toBe(true);
});

test('what is remembered of reads past the cache is bounded', async () => {
  const get = jest.fn().mockResolvedValue('{"field":"value"}');
  const store = new SecretsManagerSecrets({ get, clearCache: jest.fn() } as never, () => 0);
  for (let index = 0; index <= 500; index += 1) await store.read(`secret ${index}`, { pastCache: true });
  await store.read('secret 0', { pastCache: true });
  expect(get).toHaveBeenLastCalledWith('secret 0', { maxAge: 300, forceFetch: true });
});

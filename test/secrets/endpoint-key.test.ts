import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { EndpointKey } from '../../src/secrets/endpoint-key';

const NAME = 'stage/endpoint-key';

/** A Secrets Manager with one secret, which fails as a test says. */
class OneSecret {
  text?: string;
  readonly calls: string[] = [];
  failWith?: string;
  /** What another process writes between our read and our write. */
  meanwhile?: string;
  readonly client = new SecretsManagerClient({ region: 'eu-west-1' });

  constructor() {
    jest.spyOn(this.client, 'send').mockImplementation(async (command: unknown) => {
      await Promise.resolve();
      if (command instanceof GetSecretValueCommand) return this.read(command.input.SecretId);
      if (command instanceof CreateSecretCommand) return this.create(command.input);
      throw new Error('unexpected');
    });
  }

  private read(name?: string) {
    this.calls.push(`read ${name}`);
    if (this.failWith !== undefined) throw named(this.failWith);
    if (this.text === undefined) throw named('ResourceNotFoundException');
    return { SecretString: this.text };
  }

  private create({ Name: name, SecretString: text }: CreateSecretCommand['input']) {
    this.calls.push(`create ${name}`);
    this.text = this.meanwhile ?? this.text;
    if (this.text !== undefined) throw named('ResourceExistsException');
    this.text = text;
    return {};
  }
}

function named(name: string): Error {
  return Object.assign(new Error(`${name} of the test`), { name });
}

test('a stage without a key gets one, of 32 random bytes, which other processes read', async () => {
  const manager = new OneSecret();
  const made = await new EndpointKey(manager.client, NAME).readOrMake();
  expect(Buffer.from(made, 'base64url')).toHaveLength(32);
  expect(await new EndpointKey(manager.client, NAME).read()).toBe(made);
  expect(await new EndpointKey(manager.client, NAME).readOrMake()).toBe(made);
  expect(manager.calls.filter((call) => call === `create ${NAME}`)).toHaveLength(1);
});

test('two stages have two keys', async () => {
  const [one, other] = [new OneSecret(), new OneSecret()];
  const key = await new EndpointKey(one.client, NAME).readOrMake();
  expect(await new EndpointKey(other.client, NAME).readOrMake()).not.toBe(key);
});

test('a process reads the key once, also for calls at one time', async () => {
  const manager = new OneSecret();
  manager.text = '{"endpoint_key":"known"}';
  const key = new EndpointKey(manager.client, NAME);
  expect(await Promise.all([key.read(), key.readOrMake(), key.read()])).toEqual(['known', 'known', 'known']);
  expect(await key.read()).toBe('known');
  expect(manager.calls).toEqual([`read ${NAME}`]);
});

test('the key of a faster process counts', async () => {
  const manager = new OneSecret();
  manager.meanwhile = '{"endpoint_key":"theirs"}';
  expect(await new EndpointKey(manager.client, NAME).readOrMake()).toBe('theirs');
});

test('to read a key that is not there is an error that says what to do, and makes none', async () => {
  const manager = new OneSecret();
  const key = new EndpointKey(manager.client, NAME);
  await expect(key.read()).rejects.toThrow(
    'Reading the secret stage/endpoint-key failed: it is not there. Restore it, or rotate the secret of each endpoint.',
  );
  expect(manager.calls).toEqual([`read ${NAME}`]);
  manager.text = '{"endpoint_key":"restored"}';
  expect(await key.read()).toBe('restored');
});

test.each(['{}', 'null', '"text"', '{"endpoint_key":7}'])('a secret that reads %s holds no key and is not written over',
  async (text) => {
    const manager = new OneSecret();
    manager.text = text;
    await expect(new EndpointKey(manager.client, NAME).read()).rejects.toThrow('it is not there');
    await expect(new EndpointKey(manager.client, NAME).readOrMake()).rejects.toThrow('ResourceExistsException');
    expect(manager.text).toBe(text);
  });

test('a service that fails makes no new key, and is asked again', async () => {
  const manager = new OneSecret();
  manager.text = '{"endpoint_key":"known"}';
  manager.failWith = 'ThrottlingException';
  const key = new EndpointKey(manager.client, NAME);
  await expect(key.readOrMake()).rejects.toThrow('ThrottlingException');
  delete manager.failWith;
  expect(await key.readOrMake()).toBe('known');
  expect(manager.calls).toEqual([`read ${NAME}`, `read ${NAME}`]);
});

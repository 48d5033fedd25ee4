import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { CognitoPeople } from '../../src/stage-probe/cognito-people';

interface Sent {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The vendor's client, whose calls are answered here. */
function pool(names: readonly string[], faults: Readonly<Record<string, string>> = {}) {
  const sent: Sent[] = [];
  const client = Object.assign(new CognitoIdentityProviderClient({ region: 'eu-west-1' }), {
    send: async (command: { readonly input: Sent['input'] }) => {
      const { constructor: { name } } = command;
      sent.push({ name, input: command.input });
      const fault = faults[name];
      if (fault !== undefined) throw Object.assign(new Error('there'), { name: fault });
      return Promise.resolve({ UserPools: names.map((own, place) => ({ Id: `pool-${place}`, Name: own })) });
    },
  });
  return { people: new CognitoPeople(client, 'console-dev'), sent };
}

const OSKAR = { email: 'oskar@example.com', group: 'operator:*' };

test('a person is made in the group of their role, in the pool of the stage', async () => {
  const { people, sent } = pool(['another', 'console-dev']);
  expect(await people.add(OSKAR)).toEqual({ outcome: 'added' });
  expect(sent.map(({ name, input }) => [name, input.UserPoolId, input.Username, input.GroupName])).toEqual([
    ['ListUserPoolsCommand', undefined, undefined, undefined],
    ['CreateGroupCommand', 'pool-1', undefined, 'operator:*'],
    ['AdminCreateUserCommand', 'pool-1', 'oskar@example.com', undefined],
    ['AdminAddUserToGroupCommand', 'pool-1', 'oskar@example.com', 'operator:*'],
  ]);
});

test('group and person that are there already stay, and the person gets the role', async () => {
  const { people, sent } = pool(['console-dev'], {
    CreateGroupCommand: 'GroupExistsException', AdminCreateUserCommand: 'UsernameExistsException',
  });
  expect(await people.add(OSKAR)).toEqual({ outcome: 'known' });
  expect(sent.at(-1)?.name).toBe('AdminAddUserToGroupCommand');
});

test('a stage without a pool is said to have none', async () => {
  const { people, sent } = pool(['another']);
  expect(await people.add(OSKAR)).toEqual({ outcome: 'no_pool' });
  expect(sent).toHaveLength(1);
});

test('any other fault is a fault', async () => {
  const { people } = pool(['console-dev'], { AdminCreateUserCommand: 'NotAuthorizedException' });
  await expect(people.add(OSKAR)).rejects.toThrow('there');
});

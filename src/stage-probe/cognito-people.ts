import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import {
  AdminAddUserToGroupCommand, AdminCreateUserCommand, CreateGroupCommand, paginateListUserPools,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AddedPerson, ConsolePeople } from '../core/ports/console-people';

/** The largest page that Cognito gives. */
const PAGE = 60;

/** The people of a stage's user pool, which is found by its name. */
export class CognitoPeople implements ConsolePeople {
  constructor(
    private readonly client: CognitoIdentityProviderClient,
    private readonly poolName: string,
  ) {}

  /** The group first: whoever is made without it could sign in and see nothing. */
  async add({ email, group }: Parameters<ConsolePeople['add']>[0]): Promise<AddedPerson> {
    const pool = await this.poolId();
    if (pool === undefined) return { outcome: 'no_pool' };
    await unlessThere('GroupExistsException', async () =>
      this.client.send(new CreateGroupCommand({ UserPoolId: pool, GroupName: group })));
    const isNew = await unlessThere('UsernameExistsException', async () =>
      this.client.send(new AdminCreateUserCommand({
        UserPoolId: pool,
        Username: email,
        UserAttributes: [{ Name: 'email', Value: email }, { Name: 'email_verified', Value: 'true' }],
        DesiredDeliveryMediums: ['EMAIL'],
      })));
    await this.client.send(new AdminAddUserToGroupCommand({ UserPoolId: pool, Username: email, GroupName: group }));
    return { outcome: isNew ? 'added' : 'known' };
  }

  private async poolId(): Promise<string | undefined> {
    const pages = paginateListUserPools({ client: this.client }, { MaxResults: PAGE });
    for await (const { UserPools: pools = [] } of pages) {
      const found = pools.find(({ Name: name }) => name === this.poolName);
      if (found) return found.Id;
    }
    return undefined;
  }
}

/** False where it is there already. */
async function unlessThere(name: string, make: () => Promise<unknown>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === name) return false;
    throw error;
  }
}

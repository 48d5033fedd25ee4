import { awsFailure } from '../../src/cli/command-error';
import { accountClients } from './aws/account-clients';
import { awsCloud } from './aws/aws-cloud';
import type { Account, Cloud } from './cloud';
import type { Kind } from './found-resource';
import { plan } from './plan';
import { StageScope } from './stage-scope';
import type { Unreadable } from './survey';
import { survey } from './survey';

/**
 * What blocks a deployment: a resource that the stage's stack would create and that exists already, in no
 * stack.
 */
export interface Unowned {
  readonly kind: Kind;
  readonly name: string;
}

export interface UnownedResources extends Account {
  readonly unowned: readonly Unowned[];
  /** What these credentials may not look at. */
  readonly unreadable: readonly Unreadable[];
}

/**
 * Roles and policies of old have names of their own, plans and keys may share theirs: none of them stops a deployment.
 */
const COLLIDING: readonly Kind[] = [
  'event source mapping', 'function', 'queue', 'alarm', 'topic', 'dashboard', 'log group', 'table',
];

/**
 * Are there resources of the stage's names that no stack owns? For the deployment to ask before it changes anything.
 * Changes nothing, and uses the
 * credentials and the region of the shell.
 */
export async function findUnownedResources(stage: string, stages: readonly string[] = []): Promise<UnownedResources> {
  const clients = accountClients();
  try {
    return await unownedIn(awsCloud(clients), new StageScope(stage, stages));
  } finally {
    clients.close();
  }
}

export async function unownedIn(cloud: Cloud, scope: StageScope): Promise<UnownedResources> {
  const account = await cloud.account().catch(
    (error: unknown) => { throw awsFailure('Asking AWS whose credentials these are', error); });
  const { discovered, unreadable } = await survey(cloud, scope, COLLIDING);
  const inTheWay = plan(discovered, { scope }).filter(({ decision }) => decision !== 'keep');
  return { ...account, unowned: inTheWay.map(({ found: { kind, name } }) => ({ kind, name })), unreadable };
}

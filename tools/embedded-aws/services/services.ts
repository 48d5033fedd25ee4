import type { GrantUse, UnusedGrant } from '../permissions/grant-use';
import { unusedGrants } from '../permissions/grant-use';
import type { Authorization } from '../permissions/permissions';
import { Permissions } from '../permissions/permissions';
import type { StackResource, StackTemplate } from '../template/stack-template';
import type { AccessKey } from './access-keys';
import { AccessKeys } from './access-keys';
import type { AwsEndpoint } from './aws-endpoint';
import type { Call, CallHook, Caller } from './call';
import { CallCounts } from './call-counts';
import { loadFauxqs } from './fauxqs';
import { sqs } from './queues';
import { RequestAuthorizer } from './request-authorizer';
import { secretsManager } from './secrets';
import type { ServiceBackend } from './service-backend';
import type { TableStream } from './table-stream';
import { dynamodb } from './tables';
import { sns } from './topics';

export interface ServicesOptions {
  readonly awsEndpoint: AwsEndpoint;
  /** Services beside DynamoDB, SQS, SNS and Secrets Manager, for example `lambda` or `scheduler`. */
  readonly furtherServices?: readonly ServiceBackend[];
}

/** The AWS services of a running stack, seeded from its template and guarded by its permissions. */
export interface Services {
  readonly endpoint: string;
  /** May do everything: for seeding, tests and operators' commands. */
  readonly administratorCredentials: AccessKey;
  readonly calls: CallCounts;
  /**
   * The key that a function's process signs with. `platform` is for what AWS does in the function's name: same role,
   * counted apart.
   */
  credentialsOf(functionLogicalId: string, kind?: 'function' | 'platform'): AccessKey;
  /**
   * Checks and records a grant that the platform uses without a call through the AWS endpoint: writing a function's
   * logs, invoking a function by schedule. `holder` is a function's logical id or the ARN of a role of the stack.
   */
  authorize(holder: string, action: string, resource: string): Authorization;
  /**
   * What was used of each grant of each function's role; plain data, so that several runs can be put together by
   * `unusedGrants`.
   */
  grantUse(): readonly GrantUse[];
  /** What no call of this run needed. */
  unusedGrants(): readonly UnusedGrant[];
  /**
   * Adds a hook that sees each call; the returned function removes it. Hooks are asked in order, the first verdict but
   * `pass` stands.
   */
  intercept(hook: CallHook): () => void;
  /** The changes of a table, by the ARN of its stream. */
  stream(arn: string): TableStream | undefined;
  /** Calls that are on their way now. */
  inFlight(): readonly Call[];
  /** Closes every socket, the AWS endpoint's included. */
  stop(): Promise<void>;
}

/**
 * Starts the services and lets calls in; resolves when every table, queue, topic and secret of the template is there.
 * If it fails, it closes the AWS endpoint.
 */
export async function startServices(template: StackTemplate, options: ServicesOptions): Promise<Services> {
  try {
    return await start(template, options);
  } catch (error) {
    await options.awsEndpoint.close();
    throw error;
  }
}

async function start(
  template: StackTemplate,
  { awsEndpoint, furtherServices = [] }: ServicesOptions,
): Promise<Services> {
  const permissions = new Permissions(template);
  for (const { logicalId, properties } of template.ofType('AWS::Lambda::Function')) {
    permissions.admit(String(properties.Role), logicalId);
  }
  const [tables, fauxqs] = await Promise.all([dynamodb(template), loadFauxqs()]);
  const queues = sqs(template, fauxqs);
  const backends = [tables, queues, sns(template, fauxqs, permissions), secretsManager(template), ...furtherServices];
  const keys = new AccessKeys();
  const counts = new CallCounts();
  const authorizer = new RequestAuthorizer({ region: template.region, backends, keys, counts, permissions });
  awsEndpoint.serve((request, signal) => authorizer.pass(request, signal));
  return {
    endpoint: awsEndpoint.url,
    credentialsOf: (functionLogicalId, kind = 'function') =>
      keys.issue(callerOf(functionNamed(template, functionLogicalId), kind)),
    administratorCredentials: keys.issue({ kind: 'administrator' }),
    calls: counts,
    authorize: (holder, action, resource) => {
      const session = holder.startsWith('arn:')
        ? { roleArn: holder, sessionName: 'platform' }
        : sessionOf(functionNamed(template, holder));
      permissions.admit(session.roleArn, holder);
      return permissions.authorize(session, [{ action, resource }]);
    },
    grantUse: () => permissions.grantUse(),
    unusedGrants: () => unusedGrants(permissions.grantUse()),
    intercept: (hook) => authorizer.intercept(hook),
    stream: (arn) => tables.stream(arn),
    inFlight: () => authorizer.inFlight(),
    stop: async () => {
      await awsEndpoint.close();
      queues.close();
      await tables.close();
    },
  };
}

function functionNamed(template: StackTemplate, logicalId: string): StackResource {
  const resource = template.byLogicalId(logicalId);
  if (resource.type !== 'AWS::Lambda::Function') {
    throw new Error(`${logicalId} is of type ${resource.type}, but only functions have credentials.`);
  }
  return resource;
}

function callerOf({ logicalId, name, properties }: StackResource, kind: 'function' | 'platform'): Caller {
  return { kind, functionLogicalId: logicalId, functionName: name, roleArn: String(properties.Role) };
}

function sessionOf({ name, properties }: StackResource): { readonly roleArn: string; readonly sessionName: string } {
  return { roleArn: String(properties.Role), sessionName: name };
}

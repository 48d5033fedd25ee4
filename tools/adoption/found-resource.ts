/**
 * What adoption looks for, in the order in which it is safe to take away: first what calls, then what is called, what
 * holds data last.
 */
export const KINDS = [
  'event source mapping', 'REST API', 'usage plan', 'API key', 'function', 'role', 'policy', 'queue', 'alarm', 'topic',
  'dashboard', 'log group', 'table', 'secret',
] as const;
export type Kind = (typeof KINDS)[number];

/** CloudFormation's word for each kind. */
export const RESOURCE_TYPES: Readonly<Record<Kind, string>> = {
  'event source mapping': 'AWS::Lambda::EventSourceMapping',
  'REST API': 'AWS::ApiGateway::RestApi',
  'usage plan': 'AWS::ApiGateway::UsagePlan',
  'API key': 'AWS::ApiGateway::ApiKey',
  'function': 'AWS::Lambda::Function',
  'role': 'AWS::IAM::Role',
  'policy': 'AWS::IAM::ManagedPolicy',
  'queue': 'AWS::SQS::Queue',
  'alarm': 'AWS::CloudWatch::Alarm',
  'topic': 'AWS::SNS::Topic',
  'dashboard': 'AWS::CloudWatch::Dashboard',
  'log group': 'AWS::Logs::LogGroup',
  'table': 'AWS::DynamoDB::Table',
  'secret': 'AWS::SecretsManager::Secret',
};

interface Common {
  readonly name: string;
  /** What CloudFormation takes as its physical identifier. */
  readonly id: string;
  /** Another text once the resource was replaced, or changed in what the plan rests on. */
  readonly revision: string;
}

export interface FoundMapping extends Common {
  readonly kind: 'event source mapping';
  readonly functionName: string;
  readonly source: string;
}

export interface FoundRestApi extends Common {
  readonly kind: 'REST API';
  /** Custom domains that lead to it. */
  readonly domains: readonly string[];
}

export interface FoundUsagePlan extends Common {
  readonly kind: 'usage plan';
  readonly apiStages: ReadonlyArray<{ readonly apiId: string; readonly stage: string }>;
  readonly keyIds: readonly string[];
}

export interface FoundApiKey extends Common {
  readonly kind: 'API key';
  /** Names of the plans that it is part of. */
  readonly plans: readonly string[];
}

export interface FoundFunction extends Common {
  readonly kind: 'function';
}

export interface FoundRole extends Common {
  readonly kind: 'role';
  /** Names of all functions of the region that run with it. */
  readonly usedBy: readonly string[];
  readonly instanceProfiles: readonly string[];
  /** Principals that may assume it: services, or `others` for accounts and people. */
  readonly trusts: readonly string[];
  /** Stack in its tags: a role is seen from every region, its stack from one only. */
  readonly taggedStack: string | undefined;
  readonly lastUsedRegion: string | undefined;
  /** API Gateway writes the logs of every API of the account and region with it. */
  readonly writesApiLogs: boolean;
}

export interface FoundPolicy extends Common {
  readonly kind: 'policy';
  /** Names of roles, users and groups that have it. */
  readonly attachedTo: readonly string[];
}

export interface FoundQueue extends Common {
  readonly kind: 'queue';
  /** Waiting, in work and delayed; SQS counts approximately. */
  readonly messages: number;
}

export interface FoundAlarm extends Common {
  readonly kind: 'alarm';
  /** Values of the dimensions of all its metrics. */
  readonly watches: readonly string[];
}

export interface FoundTopic extends Common {
  readonly kind: 'topic';
  readonly subscriptions: number;
}

export interface FoundDashboard extends Common {
  readonly kind: 'dashboard';
}

export interface FoundLogGroup extends Common {
  readonly kind: 'log group';
  readonly bytes: number;
}

export interface TableKey {
  readonly attribute: string;
  readonly type: string;
}

export interface TableIndex {
  readonly name: string;
  readonly keys: readonly TableKey[];
  /** `ALL`, `KEYS_ONLY`, or `INCLUDE` with the attributes in order. */
  readonly projection: string;
}

export interface FoundTable extends Common {
  readonly kind: 'table';
  readonly status: string;
  /** Read from the table itself; DynamoDB's own count is up to six hours old. */
  readonly hasItems: boolean;
  /** DynamoDB's own count. */
  readonly countedItems: number;
  readonly keys: readonly TableKey[];
  readonly indexes: readonly TableIndex[];
  readonly localIndexes: readonly TableIndex[];
  readonly replicas: readonly string[];
  /** Undefined if the table is billed per request. */
  readonly throughput: { readonly read: number; readonly write: number } | undefined;
  readonly timeToLive: string | undefined;
  /** Its stream's view type. */
  readonly stream: string | undefined;
  /** A customer-managed key. */
  readonly encryptionKey: string | undefined;
  readonly isProtected: boolean;
  readonly hasRecovery: boolean;
  readonly tableClass: string | undefined;
}

export interface FoundSecret extends Common {
  readonly kind: 'secret';
}

export type Found =
  | FoundMapping | FoundRestApi | FoundUsagePlan | FoundApiKey | FoundFunction | FoundRole | FoundPolicy | FoundQueue
  | FoundAlarm | FoundTopic | FoundDashboard | FoundLogGroup | FoundTable | FoundSecret;

export type FoundOf<K extends Kind> = Extract<Found, { readonly kind: K }>;

/** The stack that takes the resource away with itself. */
export interface Owner {
  readonly stack: string;
}

/** `unseen`: these credentials may not ask. Undefined: no stack owns it. */
export type Ownership = Owner | 'unseen' | undefined;

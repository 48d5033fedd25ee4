import type { VendorUrls } from '../core/vendor-urls';
import { VENDOR_URLS } from '../providers/vendors';

/** Rate in requests a second, burst in requests. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** An index of the table as the previous engine made it. */
export interface OldIndex {
  readonly name: string;
  /** Of a global index; a local one has the table's own partition key. */
  readonly partitionKey?: string;
  readonly sortKey?: string;
  /** Of the sort key: text or number. */
  readonly type?: 'S' | 'N';
  readonly projection: 'ALL' | 'KEYS_ONLY';
}

/** The page on which people review, answer and look. */
export interface ConsoleSettings {
  /**
   * Who people are, by an OpenID provider of yours; absent: by a user pool of the stack. `rolesClaim` names the claim
   * that lists a person's groups, of which `roleMap` makes roles, as `{ "engine-reviewers": "reviewer:acme" }`.
   */
  readonly oidc?: {
    readonly issuer: string;
    readonly clientId: string;
    /** Of a client that is not public: the secret's field `client_secret`. */
    readonly clientSecretName?: string;
    readonly rolesClaim: string;
    readonly roleMap?: Readonly<Record<string, string>>;
  };
  /** `https://…` of a domain of yours that leads to the console's API (docs/deploying.md); absent: API Gateway's own. */
  readonly address?: string;
  /** Of all people together; absent: 50 requests a second. */
  readonly throttle?: Throttle;
}

/** All that may differ from stage to stage. Account and region come from the environment of the synthesis. */
export interface StageSettings {
  readonly name: string;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN';
  /** One of the periods that CloudWatch Logs offers. */
  readonly logRetentionDays: 14 | 30 | 90 | 180 | 365;
  /** Days after which idempotency records and conversations are removed. */
  readonly recordRetentionDays: number;
  /** Tables, logs and queues outlive the stack; tables and stack cannot be deleted before this is changed. */
  readonly guarded: boolean;
  /** Receives every alarm, after confirming the first message of AWS. */
  readonly alertEmail?: string;
  /**
   * Origins whose pages may call the API. `*` is safe as a start: a call is authorised by a header that no browser
   * adds by itself, so a foreign page gains nothing. List origins once it is known which pages call.
   */
  readonly allowedOrigins: readonly string[];
  readonly throttle: {
    /** Of each API key. */
    readonly client: Throttle;
    /** Of the whole API: also of calls without a key. */
    readonly api: Throttle;
    /**
     * Of each vendor's webhook, so that neither receipts (three a message and more) nor a flood of forged ones take
     * from the clients' rate. All webhooks together may start a share of the account's executions at once, so that the
     * router and the processors always find some (checked at synthesis).
     */
    readonly webhooks: Throttle;
    /** Of the webhook for mails, and of each method of the page that opts out: people alone cause these calls. */
    readonly mail: Throttle;
  };
  /** Executions of a channel's processor at once, each working up to ten messages; Lambda's least is 2. */
  readonly processorConcurrency: number;
  /**
   * How a new version of a function takes over: at once, or a tenth of the calls first and the rest five minutes
   * later, unless an alarm rings.
   */
  readonly rollout: 'at_once' | 'canary';
  /**
   * API Gateway writes logs by a role that is set once for an account and region. Two stacks may both set it: the
   * later one's serves all.
   */
  readonly setsApiGatewayLogRole: boolean;
  /**
   * Indexes that an adopted conversations table keeps for clients' scripts. Local ones cannot be dropped from a table
   * at all. The new engine queries none of them; each costs a write per record.
   */
  readonly oldIndexes?: readonly OldIndex[];
  readonly vendors: VendorUrls;
  /** Absent: the stage has no console. */
  readonly console?: ConsoleSettings;
}

/** What existing clients were promised. */
const CLIENT_THROTTLE: Throttle = { rate: 10, burst: 20 };

export const STAGES: readonly StageSettings[] = [
  {
    name: 'dev',
    logLevel: 'DEBUG',
    logRetentionDays: 14,
    recordRetentionDays: 30,
    guarded: false,
    allowedOrigins: ['*'],
    throttle: {
      client: CLIENT_THROTTLE,
      api: { rate: 50, burst: 100 },
      webhooks: { rate: 100, burst: 40 },
      mail: { rate: 10, burst: 10 },
    },
    processorConcurrency: 5,
    rollout: 'at_once',
    setsApiGatewayLogRole: true,
    vendors: VENDOR_URLS,
    console: {},
  },
  {
    name: 'prod',
    logLevel: 'INFO',
    logRetentionDays: 90,
    recordRetentionDays: 365,
    guarded: true,
    allowedOrigins: ['*'],
    throttle: {
      client: CLIENT_THROTTLE,
      api: { rate: 200, burst: 400 },
      webhooks: { rate: 400, burst: 115 },
      mail: { rate: 30, burst: 12 },
    },
    processorConcurrency: 20,
    rollout: 'canary',
    setsApiGatewayLogRole: true,
    vendors: VENDOR_URLS,
    console: {},
  },
];

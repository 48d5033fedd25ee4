import { PRICES } from './prices';

/** What one message asks for, counted. */
export interface MessageUse {
  readonly apiCalls: number;
  readonly invocations: number;
  readonly gigabyteSeconds: number;
  readonly sqsRequests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly logBytes: number;
  readonly logLines: number;
  readonly recordBytes: number;
}

export type Bill = Readonly<Record<string, number>>;

/** Bytes that CloudWatch adds to each event. */
const EVENT_BYTES = 26;
const GIGABYTE = 1024 ** 3;

/** Dollars for one message by service. */
export function messageBill(use: MessageUse): Bill {
  return {
    'API Gateway': use.apiCalls * PRICES.restApiCall,
    'Lambda': use.invocations * PRICES.lambdaRequest + use.gigabyteSeconds * PRICES.lambdaGigabyteSecond,
    'SQS': use.sqsRequests * PRICES.sqsRequest,
    'DynamoDB': use.writeUnits * PRICES.dynamoDbWriteUnit + use.readUnits * PRICES.dynamoDbReadUnit,
    'DynamoDB storage (a month, backups in)':
      (use.recordBytes / GIGABYTE) * (PRICES.dynamoDbStorage + PRICES.dynamoDbPointInTimeRecovery),
    'CloudWatch Logs': ((use.logBytes + use.logLines * EVENT_BYTES) / GIGABYTE) * PRICES.logsIngested,
    'X-Ray (5 % of requests)': (use.apiCalls + 1) * 0.05 * PRICES.trace,
  };
}

/** What stands in a stack whether or not messages come. */
export interface NextAction {
  readonly alarms: number;
  readonly customMetrics: number;
  readonly secrets: number;
  readonly keys: number;
  readonly queuesPolled: number;
}

const MINUTES = 30 * 24 * 60;
/** Lambda polls an idle queue with five connections of twenty seconds each. */
const POLLS_A_MINUTE = 5 * 3;
/** The reconciler each minute: sixteen shards of its index, half a unit each; and what it holds while it asks. */
const RECONCILER = { readUnits: 8, gigabyteSeconds: 0.1 * 0.5 };

/**
 * Dollars a month for a stack in which nothing happens; the free tier (ten alarms, three dashboards, a million requests
 * …) is left out.
 */
export function idleBill({ alarms, customMetrics, secrets, keys, queuesPolled }: NextAction): Bill {
  return {
    'CloudWatch alarms': alarms * PRICES.alarm,
    'CloudWatch metrics': customMetrics * PRICES.customMetric,
    'CloudWatch dashboard': PRICES.dashboard,
    'Secrets Manager': secrets * PRICES.secretMonth,
    'KMS': keys * PRICES.kmsKey,
    "SQS (Lambda's polling)": queuesPolled * POLLS_A_MINUTE * MINUTES * PRICES.sqsRequest,
    'Reconciler':
      MINUTES *
      (PRICES.lambdaRequest +
        RECONCILER.gigabyteSeconds * PRICES.lambdaGigabyteSecond +
        RECONCILER.readUnits * PRICES.dynamoDbReadUnit),
  };
}

export function total(bill: Bill): number {
  return Object.values(bill).reduce((dollars, part) => dollars + part, 0);
}

/**
 * List prices in US dollars, us-east-1, without free tier, savings plans or tax, as they were known in November 2026:
 * those of DynamoDB, Lambda,
 * API Gateway, SQS, CloudWatch Logs and Secrets Manager from notes taken of AWS's pages, partly at second hand, the
 * rest from memory. None was
 * compared with AWS's price pages (https://aws.amazon.com/<service>/pricing/) on the day; do that before a decision
 * rests on them.
 */
export const PRICES = {
  date: '2026-11-27',
  region: 'us-east-1',
  source: 'https://aws.amazon.com/{api-gateway,lambda,sqs,dynamodb,cloudwatch,xray,secrets-manager,sns,kms}/pricing/',
  /** A call of a REST API; the first 333 million a month. */
  restApiCall: 3.5 / 1e6,
  /** A call of an HTTP API, the next step for receipts. */
  httpApiCall: 1 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** A GB-second on arm64. */
  lambdaGigabyteSecond: 0.0000133334,
  /** A request to a standard queue: each receive, send, delete and change counts, a batch of ten as one. */
  sqsRequest: 0.4 / 1e6,
  dynamoDbWriteUnit: 0.625 / 1e6,
  dynamoDbReadUnit: 0.125 / 1e6,
  /** A GB and month. */
  dynamoDbStorage: 0.25,
  dynamoDbPointInTimeRecovery: 0.2,
  /** A GB of logs taken in; what they cost to keep is a fiftieth of it. */
  logsIngested: 0.5,
  /** A custom metric and month, of the first ten thousand. */
  customMetric: 0.3,
  /** An alarm and month. */
  alarm: 0.1,
  /** A dashboard and month, after the first three. */
  dashboard: 3,
  secretMonth: 0.4,
  secretCall: 0.05 / 1e4,
  /** A key of one's own and month. */
  kmsKey: 1,
  /** A trace recorded; X-Ray samples one request a second and 5 % of the rest. */
  trace: 5 / 1e6,
} as const;

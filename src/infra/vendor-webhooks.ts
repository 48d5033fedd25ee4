import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { CHANNELS } from '../core/channel';
import { resourceNames } from '../core/names';
import { VARIABLES } from '../core/variables';
import { VendorWebhooksFunction } from '../handlers/vendor-webhooks-function';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import type { Records } from './records';
import { credentialPermission } from './secret-access';
import type { StageSettings } from './stages';

/** Less than the 15 s after which Twilio gives up; a call takes well under one. */
const WEBHOOK_SECONDS = 10;

export interface VendorWebhooksProps {
  readonly stage: StageSettings;
  readonly records: Records;
  readonly handoff: Queue;
  /** Public base URL of the API: what vendors sign begins with it. */
  readonly receiptsUrl: string;
}

/** Takes what vendors tell: receipts, and what recipients write. */
export function vendorWebhooks(scope: Construct, props: VendorWebhooksProps): EngineLambda {
  const { stage, records, handoff, receiptsUrl } = props;
  return new EngineLambda(scope, 'VendorWebhooks', {
    stage,
    handler: VendorWebhooksFunction,
    functionName: resourceNames(stage.name).vendorWebhooks,
    timeoutSeconds: WEBHOOK_SECONDS,
    variables: {
      [VARIABLES.companyTable]: records.companies.tableName,
      [VARIABLES.conversationTable]: records.conversations.tableName,
      [VARIABLES.handoffQueueUrl]: handoff.queueUrl,
      [VARIABLES.receiptsUrl]: receiptsUrl,
    },
    permissions: webhookPermissions(scope, props),
  });
}

function webhookPermissions(scope: Construct, { stage, records, handoff }: VendorWebhooksProps): Permissions {
  const { companies, conversations } = records;
  const keysLike = (...patterns: readonly string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } });
  const recipients = ['+*', '*@*'];
  return {
    ReadCompaniesButNoKeys: {
      actions: ['dynamodb:BatchGetItem'],
      resources: [companies.tableArn],
      conditions: { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': ['api-key#*'] } },
    },
    ReadGuardsConversationsAndOptOuts: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', ...recipients),
    },
    // Who writes has a number: no mail comes in here.
    FindConversationsOfSenders: { actions: ['dynamodb:Query'], resources: [conversations.tableArn], conditions: keysLike('+*') },
    ChangeConversationsAndOptOuts: { actions: ['dynamodb:UpdateItem'], resources: [conversations.tableArn], conditions: keysLike(...recipients) },
    SettleUsage: { actions: ['dynamodb:UpdateItem'], resources: [conversations.tableArn], conditions: keysLike('usage#*') },
    HandOffToPeople: { actions: ['sqs:SendMessage'], resources: [handoff.queueArn] },
    // A call is proved by what the company and its vendor share. The model's keys are nobody's business here.
    ...Object.fromEntries(CHANNELS.map((channel) => [`ReadCredentialsOf${channel}`, credentialPermission(scope, stage, channel)])),
  };
}

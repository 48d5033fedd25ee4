import type { AccessNeed, AccessPlace } from './access-need';

type Input = Readonly<Record<string, unknown>>;

const TOPIC_OPERATIONS: ReadonlySet<string> = new Set([
  'Publish',
  'PublishBatch',
  'Subscribe',
  'ConfirmSubscription',
  'ListSubscriptionsByTopic',
  'GetTopicAttributes',
  'SetTopicAttributes',
  'DeleteTopic',
]);
const SUBSCRIPTION_OPERATIONS: ReadonlySet<string> = new Set([
  'Unsubscribe',
  'GetSubscriptionAttributes',
  'SetSubscriptionAttributes',
]);
const TAG_OPERATIONS: ReadonlySet<string> = new Set(['TagResource', 'UntagResource', 'ListTagsForResource']);

/** The permissions that an SNS call needs; undefined for operations that SNS does not have. */
export function snsNeeds(
  operation: string,
  input: Input,
  { account, region }: AccessPlace,
): readonly AccessNeed[] | undefined {
  // A text message to a phone number has no topic: IAM sees `*`.
  if (TOPIC_OPERATIONS.has(operation)) {
    return [
      need(operation === 'PublishBatch' ? 'Publish' : operation, String(input.TopicArn ?? input.TargetArn ?? '*')),
    ];
  }
  if (SUBSCRIPTION_OPERATIONS.has(operation)) {
    return [need(operation, String(input.SubscriptionArn).split(':').slice(0, 6).join(':'))];
  }
  if (TAG_OPERATIONS.has(operation)) return [need(operation, String(input.ResourceArn))];
  if (operation === 'CreateTopic') return [need(operation, `arn:aws:sns:${region}:${account}:${String(input.Name)}`)];
  if (operation === 'ListTopics' || operation === 'ListSubscriptions') {
    return [need(operation, `arn:aws:sns:${region}:${account}:*`)];
  }
  return undefined;
}

/** SNS writes its own name in capitals when it refuses. */
function need(action: string, resource: string): AccessNeed {
  return { action: `sns:${action}`, resource, shownAction: `SNS:${action}` };
}

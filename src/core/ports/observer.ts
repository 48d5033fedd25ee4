/** What use cases report about themselves: identifiers and closed words only, never names, addresses or texts. */
export interface Observer {
  info(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  warn(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  /** The error's type, message and place are logged, not its properties. */
  error(message: string, error: unknown, fields?: Readonly<Record<string, string | number | boolean>>): void;
  /** Adds to a counter that alarms and the dashboard read. */
  count(metric: Metric, dimensions?: Readonly<Record<string, string>>, amount?: number): void;
  /** Adds a duration in milliseconds. */
  duration(metric: DurationMetric, milliseconds: number, dimensions?: Readonly<Record<string, string>>): void;
}

export const METRICS = [
  'RequestAccepted',
  'RequestReplayed',
  'RequestRefused',
  'MessageSent',
  'MessageFailed',
  'MessageStopped',
  'MessageSuppressed',
  'MessageExpired',
  'MessageCancelled',
  'MessageSuperseded',
  'MessageForReview',
  'ReviewsWaiting',
  'SendUnknown',
  'SendUnconfirmed',
  'Reconciled',
  'ReminderMade',
  'ReplyMade',
  'ConversationUnanswered',
  'SentNotRecorded',
  'ConfigurationFault',
  'QueueBodyRefused',
  'HoldFailed',
  'ModelTokens',
  'Spent',
  'ReceiptTaken',
  'ReceiptIgnored',
  'WebhookRefused',
  'WebhookUnreadable',
  'ReplyReceived',
  'ReplyUnmatched',
  'ReplyHandedOff',
  'OptOutHeard',
  'StopUnmatched',
  'EventPublished',
  'EventLeftOut',
  'EventDelivered',
  'EventNotTaken',
  'EndpointDisabled',
] as const;
export type Metric = (typeof METRICS)[number];

export const DURATION_METRICS = [
  'RequestTime',
  'ModelTime',
  'SendTime',
  'AcceptedToSent',
  'OldestDue',
  'OldestReview',
  'OldestReply',
  'StreamSilence',
] as const;
export type DurationMetric = (typeof DURATION_METRICS)[number];

import type { MagicBehaviour } from './magic-numbers';
import type { MessageStatus, StoredMessage } from './message-resource';

/** One later status of a message. */
export interface ReceiptStep {
  readonly status: MessageStatus;
  readonly errorCode?: number;
  /** False: the status changes, but no callback reports it. */
  readonly posted: boolean;
}

/**
 * The statuses that a taken message passes. Twilio posts none for the initial `queued` (guide "Outbound message status
 * in status callbacks").
 */
export function planReceipts(message: StoredMessage, behaviour: MagicBehaviour | undefined): readonly ReceiptStep[] {
  const laterFault = message.checked.laterFault;
  if (laterFault !== undefined) return failure('failed', laterFault);
  if (behaviour?.kind === 'fails-later') return failure(behaviour.status, behaviour.code);
  const good: readonly ReceiptStep[] = (
    message.checked.channel === 'whatsapp' ? (['sent', 'delivered', 'read'] as const) : (['sent', 'delivered'] as const)
  ).map((status) => ({ status, posted: true }));
  if (behaviour?.kind !== 'receipts') return good;
  switch (behaviour.receipts) {
    case 'none':
      return good.map((step) => ({ ...step, posted: false }));
    case 'doubled':
      return good.flatMap((step) => [step, step]);
    case 'reversed':
      return [...good].reverse();
    case 'stop-at-sent':
      return good.slice(0, 1);
  }
}

function failure(status: 'failed' | 'undelivered', errorCode: number): readonly ReceiptStep[] {
  const last = { status, errorCode, posted: true };
  return status === 'failed' ? [last] : [{ status: 'sent', posted: true }, last];
}

/** Parameters of a status callback. */
export function receiptParameters(
  message: StoredMessage,
  status: MessageStatus,
  errorCode?: number,
): Readonly<Record<string, string>> {
  const { from, to, channel, service } = message.checked;
  return {
    AccountSid: message.accountSid,
    ApiVersion: '2010-04-01',
    From: from,
    To: to,
    ...(service === undefined ? {} : { MessagingServiceSid: service }),
    MessageSid: message.sid,
    MessageStatus: status,
    SmsSid: message.sid,
    SmsStatus: status,
    ...(channel === 'whatsapp' ? { ChannelPrefix: 'whatsapp', ChannelToAddress: to } : {}),
    ...(status === 'read' ? { EventType: 'READ' } : {}),
    ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
  };
}

import { randomBytes } from 'node:crypto';
import type { CheckedMessage } from './message-check';
import type { MessageStatus, StoredMessage } from './message-resource';
import { MESSAGE_STATUSES } from './message-resource';

/** The messages that Twilio has taken, in memory. */
export interface MessageStore {
  add(accountSid: string, checked: CheckedMessage): StoredMessage;
  /** Moves a message on; an earlier status than it has changes nothing. Throws for an unknown SID. */
  advance(sid: string, status: MessageStatus, errorCode?: number): StoredMessage;
  find(sid: string): StoredMessage | undefined;
  /** Newest first. */
  list(accountSid: string): readonly StoredMessage[];
  /** In the order in which they were taken. */
  all(): readonly StoredMessage[];
}

export function createMessageStore(now: () => number): MessageStore {
  const messages = new Map<string, StoredMessage>();
  return {
    add: (accountSid, checked) => {
      const sid = `${checked.channel === 'whatsapp' ? 'MM' : 'SM'}${randomBytes(16).toString('hex')}`;
      const message: StoredMessage = { sid, accountSid, checked, status: 'queued', createdAt: now(), updatedAt: now() };
      messages.set(sid, message);
      return message;
    },
    advance: (sid, status, errorCode) => {
      const message = messages.get(sid);
      if (!message) {
        throw new Error(
          `Moving message ${sid} to ${status} failed: the simulator has no such message. Take the SID from its `
            + 'answer or from deliveries().',
        );
      }
      if (MESSAGE_STATUSES.indexOf(status) <= MESSAGE_STATUSES.indexOf(message.status)) return message;
      const sent = message.sentAt === undefined && status !== 'sending' && status !== 'failed' ? { sentAt: now() } : {};
      const moved = {
        ...message,
        ...sent,
        status,
        updatedAt: now(),
        ...(errorCode === undefined ? {} : { errorCode }),
      };
      messages.set(sid, moved);
      return moved;
    },
    find: (sid) => messages.get(sid),
    list: (accountSid) => [...messages.values()].filter((message) => message.accountSid === accountSid).reverse(),
    all: () => [...messages.values()],
  };
}

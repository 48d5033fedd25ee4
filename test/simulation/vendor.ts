import type { DeliveryStatus } from '../../src/core/lifecycle/conversation';
import { TIMES } from '../../src/core/lifecycle/limits';
import type { LookupQuery, LookupResult, MessageLookup } from '../../src/core/ports/message-lookup';
import type { OutgoingMessage, Provider, SendOutcome } from '../../src/core/ports/provider';
import type { Receipt } from '../../src/core/ports/receipt';
import { twilio } from '../../src/providers/twilio';
import type { Machine, Process } from './machine';
import type { Plan } from './plan';

/** A message that the vendor delivers. */
export interface AcceptedMessage {
  readonly id: string;
  readonly at: number;
  readonly recipient: string;
  readonly text: string;
  readonly conversationId: string;
  readonly attemptId: string;
}

/** The name by which WhatsApp knows a person to one business. */
export function otherNameOf(recipient: string): string {
  return `GB.1349${recipient.replace(/\D/g, '')}`;
}

/** The vendor: what it took, what it answers, what it reports later. */
export class Vendor {
  readonly accepted: AcceptedMessage[] = [];
  /** Lookups that could not tell. */
  silentLookups = 0;

  constructor(
    private readonly machine: Machine,
    private readonly plan: Pick<Plan, 'channel' | 'listsOtherWords' | 'failsLate' | 'hasOtherNames'>,
    private readonly post: (receipt: Receipt) => void,
    private readonly took: (message: AcceptedMessage) => void = () => undefined,
  ) {}

  providerFor(process: Process, asked: (message: OutgoingMessage) => void): Provider {
    return {
      send: async (message) => {
        asked(message);
        const fault = this.machine.fault('send')?.what;
        const lost = fault === 'accepted and lost' || fault === 'lost before';
        const outcome = await this.machine.call(
          process,
          'provider.send',
          () => this.take(message, fault),
          lost ? TIMES.vendorTimeout : 100 + this.machine.random.below(3000),
          TIMES.vendorTimeout,
        );
        if (fault === 'bug') throw new Error('The adapter failed.');
        return outcome;
      },
    };
  }

  lookupFor(process: Process): MessageLookup {
    return {
      settleAfter: twilio.settleAfter,
      find: async (query) => {
        const fault = this.machine.fault('lookup')?.what;
        if (fault) this.silentLookups += 1;
        const result = await this.machine.call(process, 'lookup', () => this.list(query, fault));
        if (fault === 'bug') throw new Error('The adapter failed.');
        return result;
      },
    };
  }

  private list(query: LookupQuery, fault: string | undefined): LookupResult {
    if (fault === 'unavailable') return { outcome: 'unavailable', detail: 'HTTP 503' };
    const listed = this.accepted.filter(
      ({ recipient, at }) => recipient === query.recipient && at >= query.since && at <= query.until,
    );
    const asSent = listed.filter(({ text }) => !this.plan.listsOtherWords && text === query.text);
    const others = listed.filter((message) => !asSent.includes(message));
    const ids = (messages: readonly AcceptedMessage[]) => messages.map(({ id }) => id).reverse();
    return { outcome: 'listed', vendorMessageIds: ids(asSent), otherMessageIds: ids(others) };
  }

  private take(message: OutgoingMessage, fault: string | undefined): SendOutcome {
    switch (fault) {
      case 'lost before':
        return { outcome: 'unknown', detail: 'no answer' };
      case 'busy':
        return { outcome: 'not_sent', detail: 'HTTP 429', retryAfterSeconds: 20 };
      case 'refused':
        return { outcome: 'refused', reason: 'recipient_unreachable', retry: 'never', vendorCode: '21211' };
      case 'opted out':
        return { outcome: 'refused', reason: 'recipient_opted_out', retry: 'never', vendorCode: '21610' };
      case 'misconfigured':
        return {
          outcome: 'refused',
          reason: 'sender_misconfigured',
          retry: 'after_configuration',
          vendorCode: '20003',
        };
    }
    const accepted = {
      id: `vendor-${this.accepted.length + 1}`,
      at: this.machine.now,
      recipient: message.recipient,
      text: message.message.text,
      conversationId: message.conversationId,
      attemptId: message.attemptId,
    };
    this.accepted.push(accepted);
    this.report(accepted);
    this.took(accepted);
    return fault === 'accepted and lost'
      ? { outcome: 'unknown', detail: 'no answer' }
      : { outcome: 'accepted', vendorMessageId: accepted.id };
  }

  /** Receipts in the vendor's order unless the plan turns it round; also before our own record of the send. */
  private report({ conversationId, attemptId, id, recipient }: AcceptedMessage): void {
    const fault = this.machine.fault('receipt')?.what;
    if (fault === 'lost') return;
    if (fault === 'forged') {
      return this.postAfter(50, {
        conversationId,
        attemptId: 'attempt-of-nobody',
        vendorMessageId: 'forged',
        status: 'read',
      });
    }
    const last: DeliveryStatus = fault === 'undelivered' ? 'undelivered' : 'delivered';
    const statuses: DeliveryStatus[] = fault === 'reversed' ? [last, 'sent'] : ['sent', last];
    let delay =
      this.machine.random.below(4000) +
      (fault === 'late' ? this.machine.random.pick([60_000, 1_200_000, 100_000_000]) : 0);
    for (const status of fault === 'doubled' ? [...statuses, ...statuses] : statuses) {
      delay += this.machine.random.below(30_000);
      const failure =
        status === 'undelivered' ? { failure: { reason: 'recipient_unavailable', detail: '30003' } as const } : {};
      this.postAfter(delay, {
        conversationId, attemptId, vendorMessageId: id, status, ...failure, recipientAlias: this.otherName(recipient),
      });
    }
    if (this.plan.failsLate) {
      const failure = { reason: 'recipient_unavailable', detail: '30003' } as const;
      const report = { conversationId, attemptId, vendorMessageId: id, status: 'undelivered', failure } as const;
      this.postAfter(delay + this.machine.random.pick([3_600_000, 40_000_000]), report);
    }
  }

  private otherName(recipient: string): string | undefined {
    return this.plan.hasOtherNames ? otherNameOf(recipient) : undefined;
  }

  private postAfter(milliseconds: number, receipt: Receipt): void {
    this.machine.after(milliseconds, () => this.post(receipt));
  }
}

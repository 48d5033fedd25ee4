import type { OutgoingMessage, Provider, SendOutcome } from '../../src/core/ports/provider';

/** A vendor in memory: accepts everything unless outcomes were arranged, first in, first out. */
export class FakeProvider implements Provider {
  /** Every request that reached the vendor. */
  readonly requests: OutgoingMessage[] = [];
  /** The requests that the vendor will deliver, also those whose answer was lost. */
  readonly accepted: OutgoingMessage[] = [];
  /** Happens before each answer, for instance time. */
  delay: () => void = () => undefined;
  private readonly arranged: Array<(message: OutgoingMessage) => SendOutcome> = [];

  async send(message: OutgoingMessage): Promise<SendOutcome> {
    this.requests.push(message);
    this.delay();
    const arranged = this.arranged.shift();
    return arranged ? arranged(message) : this.accept(message);
  }

  arrange(outcome: Exclude<SendOutcome, { outcome: 'accepted' }>, times = 1): void {
    for (let count = 0; count < times; count += 1) this.arranged.push(() => outcome);
  }

  /** The vendor takes the message, and its answer is lost. */
  arrangeLostAnswer(): void {
    this.arranged.push((message) => {
      this.accept(message);
      return { outcome: 'unknown', detail: 'no answer within 10 s' };
    });
  }

  arrangeBug(error: Error): void {
    this.arranged.push(() => {
      throw error;
    });
  }

  private accept(message: OutgoingMessage): SendOutcome {
    this.accepted.push(message);
    return { outcome: 'accepted', vendorMessageId: `vendor-${this.accepted.length}` };
  }
}

import type { Conversation } from '../../src/core/lifecycle/conversation';
import { processMessage } from '../../src/processor/process-message';
import type { ReviewPorts } from '../../src/review/review-ports';
import { ProcessorWorld } from '../support/processor-world';
import { sampleCompany } from '../support/sample-message';

export const REVIEWER = 'Robin Example';
export const INVENTED_LINK = 'please visit https://evil.example.org now';

/** A processor's world in which messages come to wait for a person by the processor itself. */
export class ReviewWorld extends ProcessorWorld {
  readonly reviewPorts: ReviewPorts;

  constructor(channel?: ConstructorParameters<typeof ProcessorWorld>[0]) {
    super(channel);
    const { directory, conversations, queue, clock, ports: { newIdentifier } } = this;
    this.reviewPorts = { directory, conversations, queue, clock, newIdentifier };
  }

  /** Composed well, and held because the company's flags ask for it. */
  async heldByFlag(): Promise<Conversation> {
    this.directory.seedCompany(sampleCompany({ auto_queue_initial_message: true }));
    return this.held();
  }

  /** The model's words could not be proved, and there is no fallback. */
  async heldByProof(): Promise<Conversation> {
    this.model.arrangeValues({ question: INVENTED_LINK, 2: INVENTED_LINK }, 2);
    return this.held();
  }

  /** The template itself is broken, so no word was written. */
  async heldByTemplate(flags: Readonly<Record<string, unknown>> = {}): Promise<Conversation> {
    const company = sampleCompany(flags);
    const sms = {
      ...company.channel_config.sms,
      template: { ...company.channel_config.sms.template, body: 'Hello {{first_name}}, {{nobody_knows}}' },
    };
    this.directory.seedCompany({ ...company, channel_config: { ...company.channel_config, sms } });
    return this.held();
  }

  async work(conversation: Pick<Conversation, 'conversation_id'>): Promise<void> {
    await processMessage(this.message(conversation), this.ports, this.settings);
  }

  /** By the company record as it is. */
  async held(): Promise<Conversation> {
    const conversation = await this.accept();
    await this.work(conversation);
    const record = await this.record(conversation);
    if (record.conversation_status !== 'awaiting_review') {
      throw new Error(`Nothing was held: ${record.conversation_status} ${record.failure_reason ?? ''}`);
    }
    this.clock.advance(5 * 60_000);
    return record;
  }
}

import type { Channel } from '../../src/core/channel';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { QUEUE_RECEIVES } from '../../src/core/queue-policy';
import type { ProcessorPorts, ProcessorSettings, QueuedMessage, TestReplies } from '../../src/processor/processing';
import { FakeClock } from './fake-clock';
import { FakeModel } from './fake-model';
import { FakeObserver } from './fake-observer';
import { FakeProvider } from './fake-provider';
import { FakeHandoff, FakeQueue } from './fake-queue';
import { FakeSecrets } from './fake-secrets';
import { MemoryConversations } from './memory-conversations';
import { MemoryThreads } from './memory-threads';
import { MemoryDirectory } from './memory-directory';
import { MemoryDeploymentSenders } from './memory-deployment-senders';
import { MemoryReplyAddresses } from './memory-reply-addresses';
import {
  SAMPLE_CREDENTIALS_SECRET,
  SAMPLE_MODEL_SECRET,
  SAMPLE_VALUES,
  sampleCompany,
  sampleConversation,
  sampleIdempotencyRecord,
} from './sample-message';

export const CREDENTIALS = { sample_key: 'sample-credential' };

/** Everything around the processor, in memory. Without jitter unless a test gives it. */
export class ProcessorWorld {
  readonly clock = new FakeClock();
  readonly observer = new FakeObserver();
  readonly provider = new FakeProvider();
  readonly model: FakeModel;
  readonly secrets = new FakeSecrets();
  readonly queue = new FakeQueue(this.clock);
  readonly handoff = new FakeHandoff();
  readonly threads = new MemoryThreads();
  readonly conversations = new MemoryConversations();
  readonly directory = new MemoryDirectory();
  readonly replyAddresses = new MemoryReplyAddresses();
  readonly senders = new MemoryDeploymentSenders();
  readonly testReplies: Array<Parameters<TestReplies['take']>[0]> = [];
  readonly settings: ProcessorSettings;
  /** Seconds of every hold. */
  readonly ports: ProcessorPorts;

  constructor(channel: Channel = 'sms') {
    let identifiers = 0;
    const { clock, observer, provider, secrets, queue, handoff, conversations, directory } = this;
    this.model = new FakeModel(channel === 'whatsapp' ? { 2: SAMPLE_VALUES.question } : SAMPLE_VALUES);
    this.settings = { channel, processorVersion: '1.0.0', maxReceiveCount: QUEUE_RECEIVES };
    this.ports = {
      testReplies: { take: (reply) => Promise.resolve(void this.testReplies.push(reply)) },
      clock, observer, provider, secrets, queue, handoff, conversations, directory, threads: this.threads,
      model: this.model,
      replyAddresses: this.replyAddresses,
      senders: this.senders,
      newIdentifier: () => `identifier-${(identifiers += 1)}`,
      random: () => 0.5,
    };
    this.secrets.put(SAMPLE_MODEL_SECRET, { outcome: 'found', fields: { ai_api_key: 'sample-model-key' } });
    this.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'found', fields: CREDENTIALS });
    this.directory.seedCompany(sampleCompany());
  }

  /** Puts idempotency record and record as the router does, without a queue message. */
  async accept(changes: Partial<Conversation> = {}, requestId?: string): Promise<Conversation> {
    const { channel } = this.settings;
    const conversation = sampleConversation({
      now: this.clock.now(),
      channel,
      changes,
      ...(requestId ? { requestId } : {}),
    });
    await this.directory.putIdempotencyRecord(sampleIdempotencyRecord(conversation));
    return this.conversations.seed(conversation);
  }

  message(conversation: Pick<Conversation, 'conversation_id'>, changes: Partial<QueuedMessage> = {}): QueuedMessage {
    return {
      conversationId: conversation.conversation_id,
      receiveCount: 1,
      ...changes,
    };
  }

  async record(conversation: Conversation): Promise<Conversation> {
    const found = await this.conversations.find(conversation);
    if (!found) throw new Error('The record is gone.');
    return found;
  }
}

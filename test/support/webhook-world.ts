import type { Channel } from '../../src/core/channel';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import type { WebhookAnswer, WebhookCall } from '../../src/core/ports/receipt';
import { readMail } from '../../src/mail/read-mail';
import { WEBHOOKS } from '../../src/providers/vendors';
import { receiveWebhook } from '../../src/receipts/receive-webhook';
import type { WebhookPorts } from '../../src/receipts/receipt-ports';
import { FakeClock } from './fake-clock';
import { FakeObserver } from './fake-observer';
import { FakeProvider } from './fake-provider';
import { FakeHandoff, FakeTurns } from './fake-queue';
import { FakeSecrets } from './fake-secrets';
import { MemoryConversations } from './memory-conversations';
import { MemoryDeploymentSenders } from './memory-deployment-senders';
import { MemoryDirectory } from './memory-directory';
import { MemoryReplyAddresses } from './memory-reply-addresses';
import { MemoryThreads } from './memory-threads';
import { MemoryRecipientConversations } from './memory-recipient-conversations';
import {
  SAMPLE_CREDENTIALS_SECRET,
  sampleCompany,
  sampleConversation,
  sampleIdempotencyRecord,
} from './sample-message';
import { sendGridKeys } from './sample-webhook';

export const TOKEN = 'token-of-brightpath';
export const ATTEMPT = 'attempt-1';

/** A record whose one attempt was claimed. */
export const CLAIMED = {
  conversation_status: 'sending',
  attempt_id: ATTEMPT,
  attempt_ids: [ATTEMPT],
  attempt_count: 1,
} as const satisfies Partial<Conversation>;
export const SENT = {
  ...CLAIMED,
  conversation_status: 'initial_message_sent',
  vendor_message_id: 'SM1',
  delivery_status: 'accepted',
} as const satisfies Partial<Conversation>;

/** Everything around the vendors' webhooks, in memory; the vendors' own adapters judge and read the calls. */
export class WebhookWorld {
  readonly clock = new FakeClock();
  readonly observer = new FakeObserver();
  readonly secrets = new FakeSecrets();
  readonly handoff = new FakeHandoff();
  readonly turns = new FakeTurns();
  readonly conversations = new MemoryConversations();
  readonly threads = new MemoryThreads();
  readonly directory = new MemoryDirectory();
  readonly replyAddresses = new MemoryReplyAddresses();
  readonly mails = new FakeProvider();
  readonly senders = new MemoryDeploymentSenders();
  readonly keys = sendGridKeys();
  readonly ports: WebhookPorts;

  constructor(company: Readonly<Record<string, unknown>> = {}) {
    let identifiers = 0;
    const { clock, observer, secrets, handoff, conversations, directory } = this;
    this.ports = {
      clock,
      observer,
      secrets,
      readMail,
      handoff,
      conversations,
      directory,
      threads: this.threads,
      senders: this.senders,
      confirming: { email: this.mails },
      replyAddresses: this.replyAddresses,
      turns: this.turns,
      aliases: this.directory.aliases,
      recipients: new MemoryRecipientConversations(conversations, this.directory.aliases),
      newIdentifier: () => `identifier-${(identifiers += 1)}`,
    };
    secrets.put(SAMPLE_CREDENTIALS_SECRET, {
      outcome: 'found',
      fields: {
        twilio_auth_token: TOKEN, sendgrid_webhook_public_key: this.keys.publicKey,
        sendgrid_inbound_public_key: this.keys.publicKey,
      },
    });
    directory.seedCompany(sampleCompany(company));
  }

  /** Puts idempotency record and record. */
  async seed(
    changes: Partial<Conversation> = {},
    made: { readonly channel?: Channel; readonly requestId?: string } = {},
  ): Promise<Conversation> {
    const conversation = sampleConversation({ now: this.clock.now(), changes, ...made });
    await this.directory.putIdempotencyRecord(sampleIdempotencyRecord(conversation));
    return this.conversations.seed(conversation);
  }

  /** Answers a call as the route of this path does. */
  async receive(path: string, call: WebhookCall): Promise<WebhookAnswer> {
    const served = WEBHOOKS.find(({ webhook }) => webhook.path === path);
    if (!served) throw new Error(`There is no webhook ${path}.`);
    return receiveWebhook(served, call, this.ports);
  }

  /** What the recipient wrote, oldest first. */
  async replies(conversation: Conversation): Promise<readonly string[]> {
    return (await this.threads.repliesTo(conversation)).map(({ content }) => content);
  }

  async record(conversation: Conversation): Promise<Conversation> {
    const found = await this.conversations.find(conversation);
    if (!found) throw new Error('The record is gone.');
    return found;
  }
}

import { z } from 'zod';
import type { Delivery } from '../delivery';
import type { RequestGate } from '../loopback-server';
import { startLoopbackServer } from '../loopback-server';
import type { ReplyPlan } from '../replying-recipients';
import { replyPlanShape, writtenReplies } from '../replying-recipients';
import { controlled } from '../simulator-control';
import type { TwilioAccount } from './account';
import type { ContentTemplate } from './content-template';
import type { MagicBehaviour } from './magic-numbers';
import { bareNumber } from './message-check';
import type { ApiOptions, InboundMessage, ReceivedSend } from './fake-twilio-api';
import { FakeTwilioApi } from './fake-twilio-api';
import type { MessageStatus, StoredMessage } from './message-resource';
import type { PostedWebhook } from './webhook';

const numbers = z.array(z.string());
const accountShape = z.object({
  accountSid: z.string(),
  authToken: z.string(),
  smsNumbers: numbers,
  whatsappNumbers: numbers,
});
/** `message`: the identifier of the one that is answered, as `deliveries` names it. */
const orderShape = replyPlanShape.extend({ message: z.string() });
const templateShape = z.object({
  contentSid: z.string(),
  body: z.string(),
  sampleValues: z.record(z.string(), z.string()),
});

export interface TwilioSimulator {
  /** Base URL, as `https://api.twilio.com`. */
  readonly url: string;
  registerAccount(account: TwilioAccount): void;
  registerTemplate(template: ContentTemplate): void;
  /** Arranges what happens to the next sends that pass Twilio's checks; it goes before the magic numbers. */
  next(behaviour: MagicBehaviour, times?: number): void;
  /**
   * Moves a message on (never back) and posts its callback, as often and in whatever order a test likes. Undefined: it
   * has no StatusCallback.
   */
  deliver(messageSid: string, status: MessageStatus, errorCode?: number): Promise<PostedWebhook | undefined>;
  /**
   * A person writes to one of the accounts' numbers: posts the signed webhook, and heeds STOP and START as Twilio does.
   */
  receiveInbound(inbound: InboundMessage): Promise<PostedWebhook>;
  /** The recipient of a message answers it, over the webhook that the account has entered for its number. */
  reply(messageSid: string, plan: ReplyPlan): Promise<readonly PostedWebhook[]>;
  /** Every send with right credentials, refused ones included, oldest first. */
  received(): readonly ReceivedSend[];
  /** The messages that Twilio took, as their recipients read them, oldest first. */
  deliveries(): readonly Delivery[];
  /** Every webhook that was posted, in the order in which they ended. */
  webhooks(): readonly PostedWebhook[];
  /** What Twilio accepts in silence and this engine must not send: variables left out, Body beside ContentSid. */
  violations(): readonly string[];
  stop(): Promise<void>;
}

/** Twilio's Messages API on loopback: judges a message as Twilio does, renders it, and posts its receipts. */
export async function startTwilioSimulator(
  options: ApiOptions & { readonly port: number; readonly gate?: RequestGate },
): Promise<TwilioSimulator> {
  const api = new FakeTwilioApi(options);
  const operations = {
    accounts: (body: unknown) => {
      const account = accountShape.parse(body);
      api.accounts.set(account.accountSid, account);
    },
    templates: (body: unknown) => {
      const template = templateShape.parse(body);
      api.templates.set(template.contentSid, template);
    },
    deliveries: () => api.messages.all().map(asDelivery),
    replies: async (body: unknown) => {
      const { message, ...plan } = orderShape.parse(body);
      return api.reply(message, writtenReplies(plan));
    },
  };
  const handle = controlled(operations, async (request) => Promise.resolve(api.respond(request)));
  const server = await startLoopbackServer(options.port, handle, options.gate);
  return {
    url: server.url,
    registerAccount: (account) => {
      api.accounts.set(account.accountSid, account);
    },
    registerTemplate: (template) => {
      api.templates.set(template.contentSid, template);
    },
    next: (behaviour, times = 1) => {
      api.arranged.arrange(behaviour, times);
    },
    deliver: async (messageSid, status, errorCode) =>
      api.apply(messageSid, { status, posted: true, ...(errorCode === undefined ? {} : { errorCode }) }),
    receiveInbound: async (inbound) => api.receiveInbound(inbound),
    reply: async (messageSid, plan) => api.reply(messageSid, writtenReplies(plan)),
    received: () => [...api.sends],
    deliveries: () => api.messages.all().map(asDelivery),
    webhooks: () => [...api.webhooks],
    violations: () => [...api.violations],
    stop: async () => {
      api.stop();
      await server.stop();
    },
  };
}

function asDelivery(message: StoredMessage): Delivery {
  const { sid, status, createdAt, checked: { channel, from, to, text } } = message;
  return {
    channel,
    from: bareNumber(from),
    to: bareNumber(to),
    text,
    vendorMessageId: sid,
    status,
    acceptedAt: createdAt,
  };
}

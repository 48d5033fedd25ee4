import { z } from 'zod';
import type { Delivery } from '../delivery';
import type { RequestGate } from '../loopback-server';
import { startLoopbackServer } from '../loopback-server';
import type { ReplyPlan } from '../replying-recipients';
import { replyPlanShape, writtenReplies } from '../replying-recipients';
import { controlled } from '../simulator-control';
import type { PostedEvents } from './event-webhook';
import type { ParsedMail, PostedMail } from './inbound-parse';
import type { AddressBehaviour, MailEvent } from './magic-addresses';
import type { SendGridAccount } from './account-settings';
import type { ApiOptions, ReceivedMail } from './fake-sendgrid-api';
import { FakeSendGridApi } from './fake-sendgrid-api';
import { asDelivery } from './stored-mail';

const accountShape = z.object({
  apiKey: z.string(),
  verifiedSenders: z.array(z.string()),
  eventWebhookUrl: z.string(),
  inboundParse: z.array(z.object({
    hostname: z.string(),
    url: z.string(),
    send_raw: z.boolean().optional(),
  })).optional(),
});

/** `message`: the identifier of the mail that is answered, as `deliveries` names it. */
const orderShape = replyPlanShape.extend({ message: z.string() });

export interface SendGridSimulator {
  /** Base URL, as `https://api.sendgrid.com`. */
  readonly url: string;
  /** Adds or replaces an account; replacing keeps its signing key. */
  registerKey(account: SendGridAccount): void;
  /** Base64 (DER, SPKI) of the key with which this account's events are signed. */
  publicKey(apiKey: string): string;
  /** Of the security policy that signs what the account's Inbound Parse posts. */
  inboundPublicKey(apiKey: string): string;
  /** A person's mail to a host that an account parses: posts it signed, again while it is answered with 5xx. */
  receiveInbound(mail: ParsedMail): Promise<PostedMail>;
  /** The recipient of a mail answers it, at the address that it names for replies. */
  reply(messageId: string, plan: ReplyPlan): Promise<readonly PostedMail[]>;
  /** Arranges what happens to the next mails that pass SendGrid's checks; it goes before the magic addresses. */
  next(behaviour: AddressBehaviour, times?: number): void;
  /**
   * Posts one event of a mail now, as often and in whatever order a test likes. Undefined: its account has no webhook.
   */
  emit(
    messageId: string,
    event: MailEvent,
    details?: Readonly<Record<string, string>>,
  ): Promise<PostedEvents | undefined>;
  /** Every mail with a right key, refused ones included, oldest first. */
  received(): readonly ReceivedMail[];
  /** The mails that SendGrid took, as their recipients read them, oldest first. */
  deliveries(): readonly Delivery[];
  /** Every batch of events that was posted, repeats included. */
  webhooks(): readonly PostedEvents[];
  stop(): Promise<void>;
}

/** SendGrid's v3 Mail Send API on loopback: judges a mail as SendGrid does and posts its events. */
export async function startSendGridSimulator(
  options: ApiOptions & { readonly port: number; readonly gate?: RequestGate },
): Promise<SendGridSimulator> {
  const api = new FakeSendGridApi(options);
  const operations = {
    accounts: (body: unknown) => {
      const { inboundParse = [], ...account } = accountShape.parse(body);
      api.register({
        ...account,
        inboundParse: inboundParse.map(({ send_raw: raw = false, ...setting }) => ({ ...setting, send_raw: raw })),
      });
      return { publicKey: api.publicKey(account.apiKey), inboundPublicKey: api.inboundPublicKey(account.apiKey) };
    },
    deliveries: () => api.stored.map(asDelivery),
    replies: async (body: unknown) => {
      const { message, ...plan } = orderShape.parse(body);
      return api.reply(message, writtenReplies(plan));
    },
  };
  const handle = controlled(operations, async (request) => Promise.resolve(api.respond(request)));
  const server = await startLoopbackServer(options.port, handle, options.gate);
  return {
    url: server.url,
    registerKey: (account) => { api.register(account); },
    publicKey: (apiKey) => api.publicKey(apiKey),
    inboundPublicKey: (apiKey) => api.inboundPublicKey(apiKey),
    receiveInbound: async (mail) => api.receiveInbound(mail),
    reply: async (messageId, plan) => api.reply(messageId, writtenReplies(plan)),
    next: (behaviour, times = 1) => { api.arranged.arrange(behaviour, times); },
    emit: async (messageId, event, details = {}) => api.emit(messageId, { event, details }),
    received: () => [...api.mails],
    deliveries: () => api.stored.map(asDelivery),
    webhooks: () => [...api.posts],
    stop: async () => {
      api.stop();
      await server.stop();
    },
  };
}

import { createHash, randomBytes } from 'node:crypto';
import { arrangedBehaviours } from '../arranged-behaviours';
import type { VendorAnswer, VendorRequest } from '../loopback-server';
import { jsonAnswer } from '../loopback-server';
import type { FaultMode } from '../fault-mode';
import { isAccepted, faultAnswer, FaultsShown } from '../fault-mode';
import type { WrittenReply } from '../replying-recipients';
import { ReplyingRecipients } from '../replying-recipients';
import type { Scheduler } from '../scheduler';
import type { TwilioAccount } from './account';
import { authenticate, ownedNumbers, serviceOf } from './account';
import { consoleResource } from './console-resources';
import type { ContentTemplate } from './content-template';
import { internalError, notFound, REFUSALS, tooManyRequests, twilioError } from './errors';
import { createInboundMemory } from './inbound';
import type { SentMedium } from './media-store';
import { MediaStore } from './media-store';
import type { MagicBehaviour } from './magic-numbers';
import { MAGIC_RECIPIENTS } from './magic-numbers';
import type { CheckedMessage } from './message-check';
import { bareNumber, checkMessage } from './message-check';
import { messagePage, messageResource } from './message-resource';
import { createMessageStore } from './message-store';
import type { ReceiptStep } from './receipts';
import { planReceipts, receiptParameters } from './receipts';
import type { PostedWebhook } from './webhook';
import { postWebhook } from './webhook';

/** One `POST …/Messages.json` with right credentials, and what became of it. */
export interface ReceivedSend {
  readonly accountSid: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Twilio's code where it refused; absent otherwise. */
  readonly refusalCode?: number;
  /** Present where Twilio took the message, whether the sender learnt it or not. */
  readonly messageSid?: string;
}

/** A message from a person to one of the accounts' numbers, and where Twilio should post it. */
export interface InboundMessage {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly url: string;
  /** Another one's where a message is handed over again; absent: a new one. */
  readonly sid?: string;
  readonly media?: readonly SentMedium[];
  /** Of the template, pressed on WhatsApp. */
  readonly button?: { readonly payload: string; readonly text: string } | undefined;
}

export interface ApiOptions {
  readonly now: () => number;
  readonly scheduler: Scheduler;
  /** Milliseconds between one status and the next. */
  readonly receiptDelayMilliseconds: number;
}

/** Of the real Twilio: webhooks name media there, wherever the account's calls go. */
const TWILIO_ADDRESS = 'https://api.twilio.com';

/** Statuses that go before a recipient's answer. */
const REPLY_STEPS = 5;

/** Seconds that the simulated 429 asks to wait. */
const RETRY_AFTER_SECONDS = 2;

/** Twilio's Messages API: its state, its answers and the webhooks that follow. */
export class FakeTwilioApi {
  readonly accounts = new Map<string, TwilioAccount>();
  readonly templates = new Map<string, ContentTemplate>();
  readonly arranged = arrangedBehaviours<MagicBehaviour>();
  readonly sends: ReceivedSend[] = [];
  readonly webhooks: PostedWebhook[] = [];
  readonly violations: string[] = [];
  readonly messages;
  private readonly stopped = new AbortController();
  private readonly inbound;
  private readonly media = new MediaStore();
  private readonly faultsShown = new FaultsShown();
  private readonly recipients = new ReplyingRecipients();

  constructor(private readonly options: ApiOptions) {
    this.messages = createMessageStore(options.now);
    this.inbound = createInboundMemory(options.now);
  }

  respond(request: VendorRequest): VendorAnswer {
    const path = request.url.pathname;
    const content = request.method === 'GET' ? this.media.content(path) : undefined;
    if (content) return content;
    const account = authenticate(this.accounts.values(), request.headers.authorization);
    if (!account) return twilioError(REFUSALS.wrongCredentials);
    const base = `/2010-04-01/Accounts/${account.accountSid}/Messages`;
    if (path === `${base}.json` && request.method === 'POST') return this.send(account, readForm(request));
    if (path === `${base}.json` && request.method === 'GET') {
      return jsonAnswer(200, messagePage(this.messages.list(account.accountSid), path, request.url.searchParams));
    }
    const media = request.method === 'GET' && path.startsWith(base) ? this.media.respond(account.accountSid, path) : undefined;
    if (media) return media;
    const resource = request.method === 'GET' ? consoleResource(account, request.url, this.templates) : undefined;
    if (resource) return resource;
    const sid =
      request.method === 'GET' && path.startsWith(`${base}/`) ? path.slice(base.length + 1).replace(/\.json$/, '') : '';
    const message = this.messages.find(sid);
    return message?.accountSid === account.accountSid ? jsonAnswer(200, messageResource(message)) : notFound(path);
  }

  /** Moves a message on and posts its callback. */
  async apply(messageSid: string, step: ReceiptStep): Promise<PostedWebhook | undefined> {
    const message = this.messages.advance(messageSid, step.status, step.errorCode);
    const callback = message.checked.statusCallback;
    if (!step.posted || callback === undefined) return undefined;
    return this.post(message.accountSid, callback, receiptParameters(message, step.status, step.errorCode));
  }

  /** The recipient of a message answers it; where the number's webhook is entered. */
  async reply(messageSid: string, written: readonly WrittenReply[]): Promise<readonly PostedWebhook[]> {
    const message = this.messages.find(messageSid);
    if (!message) {
      throw new Error(`Answering ${messageSid} failed: no such message was taken. Take the SID from deliveries().`);
    }
    const { from, to, channel } = message.checked;
    const account = this.accounts.get(message.accountSid);
    const number = bareNumber(from);
    const url = account?.webhooks?.[channel === 'whatsapp' ? `whatsapp:${number}` : number]?.url
      ?? (account && serviceOf(account, number)?.inboundUrl);
    if (url === undefined) return [];
    const posted: PostedWebhook[] = [];
    for (const { position, text: body, hasPicture, button } of written) {
      const media = hasPicture ? [{ contentType: 'image/png' }] : [];
      const sid = `SM${createHash('sha256').update(`${messageSid}#${position}#${body}`).digest('hex').slice(0, 32)}`;
      posted.push(await this.receiveInbound({ from: to, to: from, body, url, sid, media, button }));
    }
    return posted;
  }

  async receiveInbound({ from, to, body, url, media = [], button, ...more }: InboundMessage): Promise<PostedWebhook> {
    const account = [...this.accounts.values()].find((candidate) => ownedNumbers(candidate).includes(bareNumber(to)));
    if (!account) {
      throw new Error(
        `Receiving a message for ${to} failed: no registered account owns that number. Register it with `
          + 'registerAccount first.',
      );
    }
    const service = serviceOf(account, bareNumber(to))?.sid;
    for (const sender of [to, service]) if (sender !== undefined) this.inbound.note(sender, from, body);
    const { sid = `SM${randomBytes(16).toString('hex')}` } = more;
    const stored = this.media.add(account.accountSid, sid, media);
    const whatsapp: Readonly<Record<string, string>> = from.startsWith('whatsapp:')
      ? { ProfileName: 'Sample Person', WaId: bareNumber(from).slice(1) }
      : {};
    return this.post(account.accountSid, url, {
      AccountSid: account.accountSid,
      ApiVersion: '2010-04-01',
      Body: body,
      From: from,
      To: to,
      MessageSid: sid,
      SmsMessageSid: sid,
      SmsSid: sid,
      SmsStatus: 'received',
      NumMedia: String(stored.length),
      ...Object.fromEntries(stored.flatMap(({ sid: medium, contentType }, index) => [
        [`MediaUrl${index}`, `${TWILIO_ADDRESS}/2010-04-01/Accounts/${account.accountSid}/Messages/${sid}/Media/${medium}`],
        [`MediaContentType${index}`, contentType],
      ])),
      ...(button ? { ButtonPayload: button.payload, ButtonText: button.text } : {}),
      NumSegments: '1',
      ...(service === undefined ? {} : { MessagingServiceSid: service }),
      ...whatsapp,
    });
  }

  /** Ends the webhooks that are under way. */
  stop(): void {
    this.stopped.abort();
  }

  private send(account: TwilioAccount, parameters: URLSearchParams): VendorAnswer {
    const record = { accountSid: account.accountSid, parameters: Object.fromEntries(parameters) };
    const check = checkMessage(parameters, account, { ...this.inbound, templates: this.templates });
    if (!check.ok) {
      this.sends.push({ ...record, refusalCode: check.refusal.code });
      return twilioError(check.refusal);
    }
    const behaviour = this.arranged.take() ?? MAGIC_RECIPIENTS[bareNumber(check.message.to)];
    if (behaviour?.kind === 'refused') {
      this.sends.push({ ...record, refusalCode: behaviour.refusal.code });
      return twilioError(behaviour.refusal);
    }
    const mode = this.faultsShown.modeFor(behaviour, check.message.to);
    if (mode && !isAccepted(mode)) {
      this.sends.push(record);
      return answerWith(mode, { kind: 'silence' });
    }
    const accepted = this.accept(account, check.message, behaviour);
    this.sends.push({ ...record, messageSid: accepted.sid });
    const answer = jsonAnswer(201, messageResource(accepted));
    return mode ? answerWith(mode, answer) : answer;
  }

  private accept(account: TwilioAccount, checked: CheckedMessage, behaviour: MagicBehaviour | undefined) {
    this.violations.push(...checked.violations);
    const message = this.messages.add(account.accountSid, checked);
    planReceipts(message, behaviour).forEach((step, index) => {
      this.options.scheduler.schedule(this.options.receiptDelayMilliseconds * (index + 1), async () => {
        await this.apply(message.sid, step);
      });
    });
    const answers = this.recipients.answersTo(bareNumber(checked.to), checked.from);
    if (answers.length > 0) {
      this.options.scheduler.schedule(this.options.receiptDelayMilliseconds * REPLY_STEPS, async () => {
        await this.reply(message.sid, answers);
      });
    }
    return message;
  }

  private async post(
    accountSid: string,
    url: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<PostedWebhook> {
    const posted = await postWebhook(
      this.accounts.get(accountSid)?.authToken ?? '',
      url,
      parameters,
      this.stopped.signal,
    );
    this.webhooks.push(posted);
    return posted;
  }
}

function answerWith(mode: FaultMode, accepted: VendorAnswer): VendorAnswer {
  return faultAnswer(mode, { rateLimit: tooManyRequests(RETRY_AFTER_SECONDS), serverError: internalError(), accepted });
}

/** Twilio reads form-encoded bodies only: any other body has no parameters. */
function readForm(request: VendorRequest): URLSearchParams {
  return new URLSearchParams(
    request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? request.body : '',
  );
}

import { arrangedBehaviours } from '../arranged-behaviours';
import { isJsonRecord, parseJson } from '../json-record';
import type { VendorAnswer, VendorRequest } from '../loopback-server';
import { htmlAnswer } from '../loopback-server';
import type { FaultMode } from '../fault-mode';
import { isAccepted, faultAnswer, FaultsShown } from '../fault-mode';
import type { WrittenReply } from '../replying-recipients';
import { ReplyingRecipients } from '../replying-recipients';
import type { Scheduler } from '../scheduler';
import { accountSetting } from './account-settings';
import type { SendGridAccount } from './account-settings';
import { plainError, sendGridErrors, tooManyRequests, unverifiedSender } from './errors';
import type { EventSigner, PostedEvents } from './event-webhook';
import { createEventSigner, postEvents } from './event-webhook';
import type { ParsedMail, PostedMail } from './inbound-parse';
import { postMail } from './inbound-parse';
import type { AddressBehaviour, PlannedEvent } from './magic-addresses';
import { MAGIC_ADDRESSES } from './magic-addresses';
import type { CheckedMail } from './mail-check';
import { checkMail } from './mail-check';
import type { StoredMail } from './stored-mail';
import { isVerified, planEvents } from './planned-events';
import { afterEvent, eventBody, newMessageId } from './stored-mail';
import { writtenMail } from './written-mail';

interface KnownAccount {
  readonly account: SendGridAccount;
  readonly signer: EventSigner;
  readonly inboundSigner: EventSigner;
}

/** One `POST /v3/mail/send` with a right key, and what became of it. */
export interface ReceivedMail {
  readonly body: unknown;
  readonly status?: number;
  /** Present where SendGrid took the mail, whether the sender learnt it or not. */
  readonly messageId?: string;
}

export interface ApiOptions {
  readonly now: () => number;
  readonly scheduler: Scheduler;
  /** Milliseconds between one event and the next, and before a failed batch is posted again. */
  readonly receiptDelayMilliseconds: number;
}

/** Events that go before a recipient's answer. */
const REPLY_STEPS = 5;

const RETRY_AFTER_SECONDS = 2;

/** Times that a failed batch is posted again; SendGrid goes on for 24 hours. */
const MOST_EVENT_RETRIES = 5;

/** SendGrid's v3 Mail Send API: its state, its answers and the events that follow. */
export class FakeSendGridApi {
  readonly arranged = arrangedBehaviours<AddressBehaviour>();
  readonly mails: ReceivedMail[] = [];
  readonly stored: StoredMail[] = [];
  readonly posts: PostedEvents[] = [];
  readonly parsed: PostedMail[] = [];
  private readonly accounts = new Map<string, KnownAccount>();
  private readonly stopped = new AbortController();
  private readonly faultsShown = new FaultsShown();
  private readonly recipients = new ReplyingRecipients();

  constructor(private readonly options: ApiOptions) {}

  /** Adds or replaces an account; its signing key stays. */
  register(account: SendGridAccount): void {
    const keys = this.accounts.get(account.apiKey);
    const { signer = createEventSigner(), inboundSigner = createEventSigner() } = keys ?? {};
    this.accounts.set(account.apiKey, { account, signer, inboundSigner });
  }

  publicKey(apiKey: string): string {
    return this.known(apiKey).signer.publicKey;
  }

  /** Of the security policy that signs what Inbound Parse posts. */
  inboundPublicKey(apiKey: string): string {
    return this.known(apiKey).inboundSigner.publicKey;
  }

  /** SendGrid's mail server takes a mail for a host that an account parses, and posts it there. */
  async receiveInbound(mail: ParsedMail): Promise<PostedMail> {
    const host = mail.to[0]?.split('@')[1]?.toLowerCase();
    for (const { account, inboundSigner } of this.accounts.values()) {
      const setting = account.inboundParse?.find(({ hostname }) => hostname.toLowerCase() === host);
      if (!setting) continue;
      const how = { now: this.options.now, stopped: this.stopped.signal };
      const posted = await postMail(inboundSigner, setting.url, mail, how);
      this.parsed.push(posted);
      return posted;
    }
    throw new Error(
      `Receiving a mail for ${String(host)} failed: no registered account parses that host. Name it in inboundParse.`,
    );
  }

  /** The recipient of a mail answers it; where the host of its reply address is parsed. */
  async reply(messageId: string, written: readonly WrittenReply[]): Promise<readonly PostedMail[]> {
    const stored = this.stored.find((mail) => mail.messageId === messageId);
    if (!stored) {
      throw new Error(`Answering the mail ${messageId} failed: no such mail was taken. Take the id from deliveries().`);
    }
    const posted: PostedMail[] = [];
    for (const reply of written) posted.push(await this.receiveInbound(writtenMail(stored, reply)));
    return posted;
  }

  private known(apiKey: string): KnownAccount {
    const known = this.accounts.get(apiKey);
    if (!known) {
      throw new Error(
        'Reading the public key of a SendGrid account failed: no such key is registered. Call registerKey first.',
      );
    }
    return known;
  }

  respond(request: VendorRequest): VendorAnswer {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined) return plainError(401, 'Permission denied, wrong credentials');
    const known = this.accounts.get(key);
    if (!known) return plainError(401, 'The provided authorization grant is invalid, expired, or revoked');
    const setting = request.method === 'GET' ? accountSetting(known, request.url.pathname) : undefined;
    if (setting) return setting;
    if (request.url.pathname !== '/v3/mail/send') return plainError(404, 'Not Found');
    if (request.method !== 'POST') return plainError(405, 'method not allowed');
    if (known.account.maySend === false) return plainError(403, 'access forbidden');
    if (!request.headers['content-type']?.startsWith('application/json')) {
      return plainError(415, 'Content-Type should be application/json.');
    }
    const body = parseJson(request.body);
    const [answer, messageId] = this.judge(known.account, body);
    this.mails.push({
      body,
      ...('status' in answer ? { status: answer.status } : {}),
      ...(messageId === undefined ? {} : { messageId }),
    });
    return answer;
  }

  /** Posts one event of a mail now, whatever came before it. Undefined: its account has no webhook. */
  async emit(messageId: string, planned: PlannedEvent): Promise<PostedEvents | undefined> {
    const index = this.stored.findIndex((candidate) => candidate.messageId === messageId);
    const found = this.stored[index];
    if (!found) {
      throw new Error(
        `Emitting ${planned.event} for mail ${messageId} failed: the simulator has no such mail. Take the id from `
          + 'deliveries().',
      );
    }
    this.stored[index] = afterEvent(found, planned.event);
    return this.post(found.apiKey, [eventBody(found, planned, this.options.now())], 0);
  }

  /** Ends the posts that are under way. */
  stop(): void {
    this.stopped.abort();
  }

  private judge(account: SendGridAccount, body: unknown): readonly [VendorAnswer, string?] {
    if (!isJsonRecord(body)) return [plainError(400, 'Bad Request')];
    const check = checkMail(body);
    if (!check.ok) return [sendGridErrors(400, check.faults)];
    const { mail } = check;
    if (!isVerified(account, mail.from)) return [unverifiedSender()];
    if (mail.sandbox) return [{ kind: 'answer', status: 200, body: '' }];
    const [recipient = ''] = mail.recipients;
    const behaviour = this.arranged.take() ?? MAGIC_ADDRESSES[recipient.toLowerCase()];
    if (behaviour?.kind === 'refused') {
      return [
        behaviour.status === 413 ? htmlAnswer(413, behaviour.message) : plainError(behaviour.status, behaviour.message),
      ];
    }
    const mode = this.faultsShown.modeFor(behaviour, recipient);
    if (mode && !isAccepted(mode)) return [this.answerWith(mode, { kind: 'silence' })];
    const messageId = this.accept(account, mail, behaviour);
    const accepted: VendorAnswer = { kind: 'answer', status: 202, headers: { 'x-message-id': messageId }, body: '' };
    return [mode ? this.answerWith(mode, accepted) : accepted, messageId];
  }

  private accept(account: SendGridAccount, mail: CheckedMail, behaviour: AddressBehaviour | undefined): string {
    const messageId = newMessageId();
    for (const recipient of mail.recipients) {
      this.stored.push({
        messageId,
        apiKey: account.apiKey,
        mail,
        recipient,
        acceptedAt: this.options.now(),
        lastEvent: 'accepted',
      });
    }
    const answers = mail.replyTo === undefined ? [] : this.recipients.answersTo(mail.recipients[0] ?? '', mail.from);
    if (answers.length > 0) {
      this.options.scheduler.schedule(this.options.receiptDelayMilliseconds * REPLY_STEPS, async () => {
        await this.reply(messageId, answers);
      });
    }
    planEvents(mail, behaviour).forEach(({ planned, posted, again }, index) => {
      this.options.scheduler.schedule(this.options.receiptDelayMilliseconds * (index + 1), async () => {
        await this.happen(messageId, planned, posted, again);
      });
    });
    return messageId;
  }

  /** An event happens; `again` posts the very same body twice, as SendGrid may. */
  private async happen(messageId: string, planned: PlannedEvent, posted: boolean, again: boolean): Promise<void> {
    for (const [index, found] of this.stored.entries()) {
      if (found.messageId !== messageId) continue;
      this.stored[index] = afterEvent(found, planned.event);
      if (!posted) continue;
      const batch = [eventBody(found, planned, this.options.now())];
      await this.post(found.apiKey, batch, 0);
      if (again) await this.post(found.apiKey, batch, 0);
    }
  }

  private async post(apiKey: string, events: PostedEvents['events'], retry: number): Promise<PostedEvents | undefined> {
    const known = this.accounts.get(apiKey);
    if (known?.account.eventWebhookUrl === undefined) return undefined;
    const posted = await postEvents(
      known.signer,
      known.account.eventWebhookUrl,
      events,
      this.options.now(),
      this.stopped.signal,
    );
    this.posts.push(posted);
    const failed = posted.status === undefined || posted.status >= 300;
    if (failed && retry < MOST_EVENT_RETRIES && !this.stopped.signal.aborted) {
      this.options.scheduler.schedule(this.options.receiptDelayMilliseconds * 2 ** retry, async () => {
        await this.post(apiKey, events, retry + 1);
      });
    }
    return posted;
  }

  private answerWith(mode: FaultMode, accepted: VendorAnswer): VendorAnswer {
    return faultAnswer(mode, {
      rateLimit: tooManyRequests(RETRY_AFTER_SECONDS, this.options.now()),
      serverError: plainError(500, 'Internal Server Error'),
      accepted,
    });
  }
}

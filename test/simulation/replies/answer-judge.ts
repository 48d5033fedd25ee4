import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { ThreadChange } from '../../../src/core/lifecycle/thread-change';
import type { Thread, Understanding } from '../../../src/core/lifecycle/thread-record';
import type { AcceptedMessage } from '../vendor';
import type { AssistantVersion } from './assistant';
import { DISCLOSURE, isJustified, WORDLESS_CARD } from './assistant';
import { KnownAnswers } from './known-answers';
import type { PlannedWrite } from './reply-plan';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** Milliseconds for which a worker may go on with what it read. */
const WORKERS_LIFE = 4 * 60_000;
/** Milliseconds that WhatsApp's window has still to be open when a reply leaves. */
const MARGIN = 5 * 60_000;
/** Milliseconds from the decision to answer to the send, at most. */
const REPLY_VALID = 31 * 60_000;
const LIMITS = { hour: 4, day: 12, inARow: 3 } as const;

interface Heard {
  readonly sequence: number;
  readonly at: number;
  readonly text: string;
  readonly said: PlannedWrite['said'] | undefined;
  /** It quotes a message of ours, and so says which question it answers. */
  readonly quotes: boolean;
}

/** A burst that the engine decided to answer. */
interface Decided {
  readonly at: number;
  readonly read: readonly number[];
  readonly isNewAnswer: boolean;
  /** When a person last gave the thread back: who answers then begins anew. */
  readonly returnedAt: number | undefined;
}

interface Granted {
  readonly at: number;
  readonly until: number;
  readonly thread: Thread;
}

type Reply = NonNullable<Conversation['reply']>;

/** Watches the engine's own replies in a chat, and says which of the guarantees they break. */
export class AnswerJudge {
  private readonly heard: Heard[] = [];
  private readonly takenIn: Array<{ readonly sequence: number; readonly at: number }> = [];
  private readonly decided = new Map<number, Decided>();
  private readonly tickets = new Map<string, Granted>();
  private readonly versions: Array<{ readonly version: AssistantVersion; readonly since: number }> = [];
  private readonly hashes = new Map<string, string>();
  private readonly answers = new Map<string, string>();
  /** Whether each turn gave way to a newer message, in their order. */
  private readonly turns: Array<{ readonly until: number; readonly gaveWay: boolean }> = [];
  /** Conversations that ask the same. */
  private readonly asking: string[] = [];
  private readonly known = new KnownAnswers((words) => this.blame(words));
  private returnedAt: number | undefined;
  private lastInboundAt: string | undefined;

  constructor(private readonly now: () => number, private readonly blame: (words: string) => void) {}

  asks(conversationId: string): void {
    this.asking.push(conversationId);
  }

  company(version: AssistantVersion): void {
    this.versions.push({ version, since: this.now() });
  }

  kept(heard: Omit<Heard, 'at'>): void {
    this.heard.push({ ...heard, at: this.now() });
  }

  texts(): readonly string[] {
    return this.heard.map(({ text }) => text);
  }

  /** The vendor has taken an answer: the recipient has it. */
  reaches(answer: Conversation): void {
    this.known.reaches(answer, this.now(), this.decided.get(answer.reply?.sequence ?? -1)?.returnedAt);
  }

  /**
   * What is shown to the model of before: all that the engine had answered when the turn began to read (`readAt`), and
   * nothing that was written before the thread was returned.
   */
  modelRead(facts: string, readAt: number): void {
    this.known.modelRead(facts, readAt, this.returnedAt);
    const { messages, earlier }: {
      readonly messages: readonly string[];
      readonly earlier: ReadonlyArray<string | { readonly text?: string }>;
    } = JSON.parse(facts);
    const newest = Math.max(...messages.map((text) => this.newestOf(text)));
    const { returnedAt } = this;
    if (returnedAt === undefined || newest <= returnedAt) return;
    const texts = earlier.flatMap((line) => (typeof line === 'string' ? line : line.text ?? []));
    if (texts.some((text) => text !== '' && this.newestOf(text) < returnedAt)) {
      this.blame('a model read what was written before a person returned the thread');
    }
  }

  thread(after: Thread, { name, set }: ThreadChange): void {
    const { sequence, last_inbound_at: last, ticket, ticket_until: until } = after;
    this.lastInboundAt = last;
    if (name === 'take in' || name === 'take in late') this.takenIn.push({ sequence, at: this.now() });
    if (name === 'return thread') this.returnedAt = this.now();
    if (name === 'take ticket' && ticket !== undefined) {
      this.tickets.set(ticket, { at: this.now(), until: Date.parse(until ?? ''), thread: after });
    }
    if (name === 'keep understanding' && set.understanding) this.understood(set.understanding);
  }

  record({ conversation_id: id, answers = {} }: Conversation): void {
    for (const [name, { value }] of Object.entries(answers)) this.answers.set(`${id} ${name}`, JSON.stringify(value));
  }

  /** A processor hands a message to the vendor: from now on it may be read. */
  sendBegins({ reply, request_id: id, composition, channel_method: channel }: Conversation): void {
    if (!reply) return;
    const isLate = Date.parse(this.lastInboundAt ?? '') + DAY - MARGIN < this.now();
    if (channel === 'whatsapp' && isLate) this.blame('a WhatsApp reply left when its window was over or about to be');
    if (reply.by !== undefined) return;
    this.judgeTicket(reply, id);
    this.judgeWords(reply, composition);
  }

  end(records: readonly Conversation[], accepted: readonly AcceptedMessage[], thread: Thread | undefined): void {
    const answers = records.filter(({ reply }) => reply && reply.by === undefined);
    const taken = new Set(accepted.map(({ conversationId }) => conversationId));
    const sent = answers.filter(({ conversation_id: id }) => taken.has(id));
    const cards = sent.flatMap(({ reply }) => (reply?.card ? [reply] : []));
    this.judgeBursts(cards);
    const epochs = sent.filter(({ reply }) => !reply?.card).map(({ reply }) => reply?.epoch);
    if (new Set(epochs).size < epochs.length) this.blame('a hand-off was told twice');
    this.judgeLoop(cards);
    this.judgeDisclosure(records, accepted);
    if (thread?.owner === 'engine' && this.turns.at(-1)?.gaveWay) {
      this.blame('an answer gave way to a newer message that no turn read');
    }
    for (const { reply, conversation_status: status, attention } of answers) {
      if (attention !== undefined) this.blame(`an answer was left ${status}`);
      const isAnswered = status === 'initial_message_sent' || status === 'suppressed';
      const isEngines = thread?.owner === 'engine' && thread.epoch === reply?.epoch;
      const isStill = isEngines && !this.turns.some(({ until }) => until > (reply.sequence ?? Infinity));
      if (!isAnswered && isStill) this.blame(`an answer ended as ${status}, and no person was to see it`);
    }
  }

  private understood({ until, read, reply, answers, at, stop, model, silence }: Understanding): void {
    this.turns.push({ until, gaveWay: silence === 'newer_message' });
    const isFarewell = this.said(read).includes('farewell');
    if (isFarewell && model !== undefined && !stop) this.blame('a stop in words of their own was read and not heard');
    const given = Object.entries(answers).flatMap(([id, named]) => (
      Object.entries(named).map(([name, { value }]) => [`${id} ${name}`, JSON.stringify(value)] as const)
    ));
    const isQuoted = this.heard.some(({ sequence, quotes }) => quotes && read.includes(sequence));
    const isOpenTwice = ([name]: readonly [string, string]) => this.asking.some((id) => (
      !name.startsWith(id) && !this.answers.has(`${id} ${name.slice(name.lastIndexOf(' ') + 1)}`)
    ));
    if (!isQuoted && given.some(isOpenTwice)) this.blame('words that fit two questions were kept as the answer of one');
    if (!reply) return;
    const isNewAnswer = given.some(([name, value]) => this.answers.get(name) !== value);
    this.decided.set(until, { at: Date.parse(at), read, isNewAnswer, returnedAt: this.returnedAt });
  }

  private judgeTicket({ epoch, owner, sequence }: Reply, id: string): void {
    const granted = this.tickets.get(id);
    if (!granted) return this.blame('an answer left without a ticket');
    const { at, until, thread } = granted;
    if (this.now() > until) this.blame('an answer left after its ticket had run out');
    if (thread.epoch !== epoch || thread.owner !== owner) this.blame('an answer left after the thread had changed hands');
    const isOld = sequence !== undefined && this.takenIn.some((one) => one.sequence > sequence && one.at < at);
    if (isOld) this.blame('an answer left after a newer message was taken in');
  }

  private judgeWords({ card }: Reply, composition: Conversation['composition']): void {
    const text = composition?.filled.text ?? '';
    const now = this.now();
    const known = this.versions.filter((_one, index) => (this.versions[index + 1]?.since ?? now) >= now - WORKERS_LIFE);
    const said = { card: card?.card_id, text };
    if (!known.some(({ version }) => isJustified(said, version, { now, texts: this.texts() }))) {
      this.blame('an answer says what no card and no fact justify');
    }
    if (!card || !composition) return;
    const { template_name: name, template_version: version, facts_hash: hash, model } = composition;
    const isNamed = name === card.card_id && version === card.version && /^[0-9a-f]{64}$/.test(hash)
      && (model !== undefined || card.card_id === WORDLESS_CARD);
    if (!isNamed) this.blame('an answer does not name its card, version, facts and model');
    const fact = this.versions.map(({ version: { hours } }) => hours).find((hours) => text.includes(hours));
    if (fact === undefined) return;
    if ((this.hashes.get(hash) ?? fact) !== fact) this.blame('two states of the facts have one hash');
    this.hashes.set(hash, fact);
  }

  /** Each message is answered once at most, and none that holds a stop. */
  private judgeBursts(cards: readonly Reply[]): void {
    const answered = new Set<number>();
    for (const { sequence = 0 } of cards) {
      const read = this.decided.get(sequence)?.read ?? [];
      if (read.some((position) => answered.has(position))) this.blame('a burst was answered twice');
      for (const position of read) answered.add(position);
      const said = this.said(read);
      if (said.includes('stop') || said.includes('farewell')) this.blame('a stop was answered');
      if (said.includes('person')) this.blame('a wish for a person was answered with a card');
    }
  }

  private judgeLoop(cards: readonly Reply[]): void {
    const decided = cards.flatMap(({ sequence = 0 }) => this.decided.get(sequence) ?? [])
      .sort((one, other) => one.at - other.at);
    let row = 0;
    for (const [index, { at, isNewAnswer, returnedAt = 0 }] of decided.entries()) {
      row = isNewAnswer || returnedAt > (decided[index - 1]?.at ?? 0) ? 1 : row + 1;
      const within = (time: number) => decided.slice(0, index + 1).filter((one) => one.at > at - time).length;
      if (row > LIMITS.inARow || within(HOUR) > LIMITS.hour || within(DAY) > LIMITS.day) {
        this.blame('the engine answered more often than it may');
      }
    }
  }

  /** Who has not heard in a day that a program writes is told so first. */
  private judgeDisclosure(records: readonly Conversation[], accepted: readonly AcceptedMessage[]): void {
    const engines = new Set(records.flatMap(({ conversation_id: id, reply }) => (
      reply && reply.by === undefined && !reply.reopens ? [id] : []
    )));
    let disclosedAt = -Infinity;
    for (const message of accepted) {
      if (!engines.has(message.conversationId)) continue;
      if (message.text.startsWith(DISCLOSURE)) disclosedAt = message.at;
      const isKnown = message.at - disclosedAt <= DAY + REPLY_VALID;
      if (!isKnown) this.blame('a recipient was not told that an automatic assistant writes');
    }
  }

  private said(read: readonly number[]) {
    return this.heard.filter((one) => read.includes(one.sequence)).map(({ said }) => said);
  }

  private newestOf(text: string): number {
    return Math.max(...this.heard.filter((one) => one.text === text).map(({ at }) => at));
  }
}

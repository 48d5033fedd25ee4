import type { AnswerValue } from '../../../src/core/company/expected-answer';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { ThreadChange } from '../../../src/core/lifecycle/thread-change';
import type { Thread, Understanding } from '../../../src/core/lifecycle/thread-record';
import type { Reply } from '../../../src/core/ports/threads';
import type { TakeOverResult } from '../../../src/operations/replies/take-over';
import type { InboundOutcome } from '../../../src/receipts/take-inbound';
import type { AcceptedMessage } from '../vendor';
import { PersonsWordsJudge } from './persons-words-judge';
import type { LIES, PlannedWrite } from './reply-plan';
import { saidIn } from './simulated-reader';

export interface KeptMessage {
  readonly id: string;
  readonly vendorId: string;
  readonly sequence: number;
  readonly conversation: string;
  readonly text: string;
  readonly at: string;
}

/** A person was told that nobody else's words leave any more, but for one reply perhaps. */
interface Silence {
  readonly who: string;
  readonly epoch: number;
  readonly at: number;
  readonly leaving: string | undefined;
}

/** What a model reads. */
const READ: ReadonlyArray<PlannedWrite['said']> = [
  'answer', 'choice', 'chat', 'question', 'journey', 'money', 'unsure', 'wish', 'farewell',
];
/** A function's life: what was claimed before a stop may leave as long. */
const WORKERS_LIFE = 60_000;

/** Watches what happens in a chat and says which of the guarantees it breaks. */
export class ReplyJudge {
  readonly violations: string[] = [];
  readonly messages: KeptMessage[] = [];
  readonly handOffs = new Set<string>();
  /** Positions that were read by a turn before they were taken in. */
  private readonly readAlong = new Set<number>();
  readonly written = new Map<string, PlannedWrite>();
  private readonly outcomes = new Map<string, InboundOutcome>();
  private readonly silences: Silence[] = [];
  private readonly understood = new Set<number>();
  private readonly queuedReplies = new Set<string>();
  private readonly readByModel = new Set<string>();
  private readonly quotedAt = new Map<string, number>();
  private readonly answeredBy = new Map<string, { readonly value: AnswerValue; readonly position: number }>();
  private stoppedAt: number | undefined;
  private isModelAway = false;
  private before: Thread | undefined;

  readonly words: PersonsWordsJudge;

  constructor(private readonly now: () => number) {
    this.words = new PersonsWordsJudge(now, (words) => this.blame(words));
  }

  wrote(write: PlannedWrite, id: string): void {
    this.written.set(id, write);
  }

  answered(id: string, outcome: InboundOutcome): void {
    this.outcomes.set(id, outcome);
  }

  kept({ message, vendorMessageId, conversation }: Reply, sequence: number): void {
    if (this.messages.some(({ vendorId }) => vendorId === vendorMessageId)) this.blame('a message was kept twice');
    this.messages.push({
      id: message.message_id, vendorId: vendorMessageId, sequence, conversation: conversation.conversation_id,
      text: message.content, at: message.timestamp,
    });
  }

  handedOff(conversationId: string): void {
    this.handOffs.add(conversationId);
  }

  optedOut(): void {
    this.stoppedAt ??= this.now();
  }

  queued(conversationId: string): void {
    this.queuedReplies.add(conversationId);
  }

  silent(who: string, result: Extract<TakeOverResult, { readonly outcome: 'taken' | 'taken_before' }>): void {
    const other = this.silences.find((one) => one.epoch === result.thread.epoch && one.who !== who);
    if (other) this.blame('two people were told that they have the thread');
    this.silences.push({ who, epoch: result.thread.epoch, at: this.now(), leaving: result.leaving });
  }

  /** The model is asked: with what, and what will it say? */
  modelRead(facts: string, lie: (typeof LIES)[number]): void {
    if (lie === 'away') this.isModelAway = true;
    const { messages }: { readonly messages: readonly string[] } = JSON.parse(facts);
    for (const text of messages) {
      this.readByModel.add(text);
      const said = [...this.written.values()].find((one) => one.text === text)?.said;
      if (said === 'stop') this.blame('a model read a stop');
      if (said === 'person') this.blame('a model read the wish for a person');
      if (said === 'instructions') this.blame('a model read instructions to it');
    }
  }

  thread(after: Thread, change: ThreadChange): void {
    const { name, set } = change;
    if (name === 'take in read') {
      const read = [...(after.read ?? []), ...(after.understanding?.read ?? [])];
      for (const position of read) this.readAlong.add(position);
    }
    this.words.thread(after, change);
    const before = this.before;
    this.before = after;
    if (before) this.judgeChange(before, after, name);
    if (name !== 'keep understanding' || !set.understanding) return;
    // What came in late is a burst of its own, though it may have been read along before.
    const { until } = set.understanding;
    if (this.understood.has(until)) this.blame('two understandings of one burst were kept');
    this.understood.add(until);
    this.noteQuotes(set.understanding);
  }

  /** Where the turn that understood them had read the quotes: the same words may be written again later. */
  private noteQuotes({ answers, read }: Understanding): void {
    for (const [id, named] of Object.entries(answers)) {
      for (const [name, { quote }] of Object.entries(named)) {
        const sources = this.messages.filter(({ text, sequence }) => read.includes(sequence) && text.includes(quote));
        this.quotedAt.set(`${id} ${name} ${quote}`, Math.max(...sources.map(({ sequence }) => sequence)));
      }
    }
  }

  private judgeChange(before: Thread, after: Thread, name: string): void {
    const isHeld = before.ticket_until !== undefined && Date.parse(before.ticket_until) >= this.now();
    if (name === 'take ticket' && isHeld && before.ticket !== after.ticket) this.blame('two replies may leave at once');
    const isTaken = before.turn_until !== undefined && Date.parse(before.turn_until) > this.now();
    if (name === 'claim turn' && isTaken) this.blame('a burst was taken that another worker has');
    const hasChanged = before.owner !== after.owner || before.taken_by !== after.taken_by;
    if (hasChanged && after.epoch <= before.epoch) this.blame('a thread changed hands under the same epoch');
    if (after.epoch < before.epoch || after.handled_until < before.handled_until) this.blame('a thread went back');
    if (after.sequence < before.sequence) this.blame('the newest message was forgotten');
  }

  record({ conversation_id: id, answers = {} }: Conversation): void {
    const texts = [...this.written.values()].map(({ text }) => text);
    for (const [name, { value, quote }] of Object.entries(answers)) {
      const source = texts.filter((text) => text.includes(quote));
      if (source.length === 0) this.blame('an answer quotes what nobody wrote');
      const said = source.map(saidIn).some((one) => (name === 'shift' ? one.shift : one.start_date)?.value === value);
      if (source.length > 0 && !said) this.blame('an answer says what its quote does not');
      this.judgeOrder(`${id} ${name}`, value, quote);
    }
  }

  /** By the newest message with the quote that its turn had read. */
  private judgeOrder(answer: string, value: AnswerValue, quote: string): void {
    const position = this.quotedAt.get(`${answer} ${quote}`) ?? 0;
    const before = this.answeredBy.get(answer);
    if (before?.value === value) return;
    if (before && position < before.position) this.blame('an older answer took the place of a newer one');
    this.answeredBy.set(answer, { value, position });
  }

  end(run: {
    readonly thread: Thread | undefined;
    readonly records: readonly Conversation[];
    readonly accepted: readonly AcceptedMessage[];
    readonly isOptedOut: boolean;
    readonly queueLeft: number;
  }): void {
    if (run.queueLeft > 0) this.blame(`${run.queueLeft} messages were left in a queue`);
    this.judgeSends(run.records, run.accepted);
    this.words.end(run.thread, run.records, run.accepted);
    this.judgeReplies(run.thread, run.records);
    const stopped = this.writtenAs('stop');
    if (stopped.length > 0 && !run.isOptedOut) this.blame('a stop was not heard');
    if (this.writtenAs('person').some((one) => this.outcomes.get(one) !== 'handed_off' && this.outcomes.get(one) !== 'known')) {
      this.blame('a wish for a person was not answered with one');
    }
    // About any conversation of the chat: a person who took it over between two calls has made another the newest.
    const wishes = this.messages.filter(({ vendorId }) => this.writtenAs('person').includes(vendorId));
    if (wishes.length > 0 && this.handOffs.size === 0) this.blame('no person was told of a wish for one');
  }

  blame(words: string): void {
    if (!this.violations.includes(words)) this.violations.push(words);
  }

  private judgeSends(records: readonly Conversation[], accepted: readonly AcceptedMessage[]): void {
    const times = new Map<string, number>();
    for (const { conversationId, at } of accepted) {
      times.set(conversationId, (times.get(conversationId) ?? 0) + 1);
      const record = records.find((one) => one.conversation_id === conversationId);
      const { reply, request_id: id = '' } = record ?? {};
      if (!reply) continue;
      const late = this.silences.find(({ epoch, who, at: since, leaving }) => (
        epoch > reply.epoch && who !== reply.by && at > since && leaving !== id
      ));
      if (late) this.blame(`a reply left after ${late.who} was told that nothing more does`);
      if (this.stoppedAt !== undefined && at > this.stoppedAt + WORKERS_LIFE) this.blame('a reply left after a stop');
    }
    if ([...times.values()].some((count) => count > 1)) this.blame('a reply left twice');
    for (const id of this.queuedReplies) {
      const record = records.find((one) => one.conversation_id === id);
      if (!record) this.blame('a reply that was queued has no record');
      else if (record.attention !== undefined) this.blame(`a reply was left ${record.conversation_status}`);
    }
  }

  private judgeReplies(thread: Thread | undefined, records: readonly Conversation[]): void {
    for (const [id, { said, text }] of this.written) {
      const kept = this.messages.find(({ vendorId }) => vendorId === id);
      const outcome = this.outcomes.get(id);
      // The vendor has given up; the engine has promised nothing.
      if (outcome === undefined || said === 'stop') continue;
      if (!kept) {
        this.blame(`a message (${said}) was answered and is not kept`);
        continue;
      }
      if (!READ.includes(said) || !thread) continue;
      const isHandled = thread.handled_until >= kept.sequence || this.readAlong.has(kept.sequence);
      if (thread.owner !== 'nobody' && !isHandled) this.blame('a reply was never handled');
      const isHandedOff = thread.history?.some(({ reason }) => reason === 'limit' || reason === 'model_unavailable');
      if (thread.owner !== 'nobody' && !this.readByModel.has(text) && !isHandedOff && !this.isModelAway) {
        this.blame('a reply was never read');
      }
    }
    if (thread?.understanding || thread?.attention !== undefined) this.blame('a burst was left unfinished');
    if (thread?.history?.some(({ event }) => event === 'handed_off') && !records.some(isPutBeforePerson)) {
      this.blame('a hand-off waits for nobody');
    }
  }

  private writtenAs(said: PlannedWrite['said']): readonly string[] {
    return [...this.written].filter(([id, one]) => one.said === said && this.outcomes.has(id)).map(([id]) => id);
  }
}

function isPutBeforePerson({ hand_off_to_human: isHandedOff }: Conversation): boolean {
  return isHandedOff;
}

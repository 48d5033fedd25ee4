import type { Random } from '../../support/random';
import { VERSIONS } from './assistant';
import type { PlannedStep, PlannedWrite, Said } from './reply-plan';

/** What a model makes of a burst that cards may answer. `theirs`: the recipient's words are taken for facts. */
export const CHOICES = ['honest', 'invented', 'stubborn', 'theirs', 'no such card', 'eager'] as const;

/** A program of another company at the other end: it answers whatever it gets. */
export interface PlannedBot {
  /** Milliseconds until it answers. */
  readonly after: number;
  readonly says: 'questions' | 'answers' | 'the same' | 'what it got';
  /** Messages that it writes at most. */
  readonly most: number;
}

/** A chat in which the company's engine answers. */
export interface PlannedAnswers {
  readonly channel: 'sms' | 'whatsapp';
  /** By call of the model, from the first; afterwards it is honest. */
  readonly choices: ReadonlyArray<(typeof CHOICES)[number]>;
  readonly bot?: PlannedBot;
  /** The company changes its record, in seconds from the start. */
  readonly change?: { readonly at: number; readonly to: (typeof VERSIONS)[number] };
  /** The first worker that sends something `after` seconds is slow at one of its calls. */
  readonly slow?: { readonly after: number; readonly call: number; readonly seconds: number };
  /** In seconds from the start: nothing takes what is to be sent, or nothing is taken and nobody looks after it. */
  readonly outage?: { readonly from: number; readonly until: number; readonly of: 'sends' | 'everything' };
}

const WRITTEN = {
  answer: ['I can start on 12 March 2027.', 'On 14 April 2027, I think', 'Hello! Start: 3 May 2027'],
  choice: ['The night shift please.', 'day'],
  chat: ['Hello!', 'I see.', 'Which gap do you mean?'],
  question: ['When can I reach you?', 'What are your opening hours?'],
  journey: ['What do you pay for the journey?'],
  money: ['My boss approved £500 for the journey, please confirm.'],
  unsure: ['I do not know yet when I can start.'],
  wish: ['Please ring me on Friday afternoon.'],
  farewell: ['I want none of your messages, leave me in peace.'],
  picture: [''],
  stop: ['STOP'],
  person: ['Can I talk to somebody?'],
} as const satisfies Partial<Record<Said, readonly string[]>>;

const USUAL = [
  'answer', 'choice', 'chat', 'question', 'question', 'question', 'journey', 'journey', 'unsure', 'picture',
] as const;
const RARE = ['money', 'money', 'wish', 'wish', 'farewell', 'stop', 'person'] as const;

/** Seconds of WhatsApp's window that the engine uses. */
const WINDOW = 24 * 60 * 60 - 320;

export function planAnswers(random: Random, span: number): {
  readonly answers: PlannedAnswers;
  readonly writes: readonly PlannedWrite[];
  readonly steps: readonly PlannedStep[];
} {
  const bot = random.chance(0.35) ? planBot(random) : undefined;
  const length = 1 + random.below(bot ? 2 : 6);
  const writes = Array.from({ length }, (_none, index) => planWrite(random, span, index));
  const isLate = !bot && random.chance(0.15);
  const last = Math.max(...writes.map(({ at, again }) => at + Math.max(0, ...again)));
  const choices = Array.from({ length: random.below(5) }, () => random.pick(CHOICES));
  // What waited, and what people write then, meets the end of the window.
  const end = last + WINDOW;
  const outage = isLate && random.chance(0.6)
    ? { from: random.below(10), until: end - random.below(random.chance(0.5) ? 60 : 2_400), of: 'everything' as const }
    : isLate || random.chance(0.8) ? undefined : { from: 0, until: 10 + random.below(span + 60), of: 'sends' as const };
  return {
    writes,
    answers: {
      channel: isLate ? 'whatsapp' : random.pick(['sms', 'sms', 'whatsapp'] as const),
      // A model that is told of money takes it for granted more often.
      choices: writes.some(({ said }) => said === 'money') ? choices.map(() => 'theirs') : choices,
      ...(bot ? { bot } : {}),
      ...(random.chance(0.2) ? { change: planChange(random, span) } : {}),
      ...(outage ? { outage } : {}),
      ...(isLate || random.chance(0.3) ? { slow: planSlow(random, isLate ? end - 60 : random.below(span)) } : {}),
    },
    steps: isLate && !outage
      ? [{ at: end - 120, who: 'Sam', what: 'take' }, { at: end - random.below(30), who: 'Sam', what: 'send' }]
      : planSteps(random, span, bot),
  };
}

/** People look in at any moment, and leave the thread to the engine again. */
function planSteps(random: Random, span: number, bot: PlannedBot | undefined): readonly PlannedStep[] {
  if (random.chance(0.4)) return [];
  const longest = bot ? 20 + Math.ceil((bot.after * bot.most) / 1000) : span + 30;
  return Array.from({ length: 1 + random.below(7) }, () => ({
    at: random.below(longest),
    who: random.pick(['Sam', 'Sam', 'Noor'] as const),
    what: random.pick(['take', 'send', 'return', 'return'] as const),
  }));
}

function planWrite(random: Random, span: number, index: number): PlannedWrite {
  const said = random.chance(0.85) ? random.pick(USUAL) : random.pick(RARE);
  const words = random.pick(WRITTEN[said]);
  // Most people do not write the same words twice.
  const isOwn = ['question', 'journey', 'unsure', 'money', 'chat'].includes(said) && random.chance(0.8);
  return {
    at: random.below(span), said, text: isOwn ? `${words} Thanks, ${'ABCDEF'.charAt(index)}.` : words,
    again: random.chance(0.3) ? [random.below(random.chance(0.5) ? 3 : 120)] : [],
    ...(random.chance(0.2) ? { quotes: random.below(2) } : {}),
  };
}

/** Less than a function's life, and longer than a ticket's. */
function planSlow(random: Random, after: number): NonNullable<PlannedAnswers['slow']> {
  return { after, call: 3 + random.below(8), seconds: random.pick([35, 45]) };
}

function planChange(random: Random, span: number) {
  return { at: random.below(span + 30), to: random.pick([VERSIONS[1], VERSIONS[2]]) };
}

function planBot(random: Random): PlannedBot {
  return {
    after: random.pick([300, 1_500, 5_000, 20_000, 1_000_000]),
    says: random.pick(['questions', 'questions', 'answers', 'the same', 'what it got'] as const),
    most: 4 + random.below(9),
  };
}

import type { Channel } from '../../src/core/channel';
import { Random } from '../support/random';

/**
 * What may happen to a call to the outside, counted over all processes. `repeat`: the SDK asks again although the first
 * write was applied.
 */
export const CALL_FAULTS = ['die before', 'die after', 'fail before', 'fail after', 'repeat', 'stall'] as const;
export const SEND_FAULTS = [
  'accepted and lost',
  'lost before',
  'busy',
  'refused',
  'opted out',
  'misconfigured',
  'bug',
] as const;
export const FILL_FAULTS = ['unavailable', 'unprovable', 'slow'] as const;
export const LOOKUP_FAULTS = ['unavailable', 'bug'] as const;
export const RECEIPT_FAULTS = ['lost', 'doubled', 'reversed', 'late', 'undelivered', 'forged'] as const;
export const QUEUE_FAULTS = ['lost', 'doubled', 'late'] as const;

/** One fault: what happens to the `nth` of its kind, counted from 0. Those that are never reached do nothing. */
export type Fault =
  | { readonly on: 'call'; readonly nth: number; readonly what: (typeof CALL_FAULTS)[number]; readonly seconds: number }
  | { readonly on: 'send'; readonly nth: number; readonly what: (typeof SEND_FAULTS)[number] }
  | { readonly on: 'fill'; readonly nth: number; readonly what: (typeof FILL_FAULTS)[number] }
  | { readonly on: 'lookup'; readonly nth: number; readonly what: (typeof LOOKUP_FAULTS)[number] }
  | { readonly on: 'receipt'; readonly nth: number; readonly what: (typeof RECEIPT_FAULTS)[number] }
  | { readonly on: 'queue'; readonly nth: number; readonly what: (typeof QUEUE_FAULTS)[number] };

/** A client's wish. `at` and `repeats` are seconds from the start; each repeat is the same request again. */
export interface PlannedRequest {
  readonly number: number;
  readonly recipient: number;
  readonly at: number;
  readonly repeats: readonly number[];
}

/** All of a run but the order of what happens at once, which the seed decides too. */
export interface Plan {
  readonly seed: number;
  readonly channel: Channel;
  readonly resends: boolean;
  readonly validMinutes?: number;
  /**
   * Functions run on after their time, so that workers outlive their leases: they never should, and nothing may depend
   * on it.
   */
  readonly outlives: boolean;
  readonly requests: readonly PlannedRequest[];
  readonly optOuts: ReadonlyArray<{ readonly recipient: number; readonly at: number }>;
  readonly faults: readonly Fault[];
  readonly review: PlannedReview;
  /**
   * Seconds after which people take up a message that no vendor confirmed: they look it up in the vendor's console and
   * resolve it.
   */
  readonly resolving: readonly number[];
  /** The vendor's list shows messages with other words than were sent, as smart encoding or a trial account does. */
  readonly listsOtherWords: boolean;
  /** Deliveries end hours later with a failure, by e-mail after they were reported as delivered. */
  readonly failsLate: boolean;
  /** The vendor reports another name of each recipient with its receipts, and stops come under that name. */
  readonly hasOtherNames: boolean;
  /** What clients do beside asking and repeating. */
  readonly clients: PlannedClients;
  /** The template expects an answer, and silence is reminded of: who replies meanwhile, in seconds from the start. */
  readonly asks?: { readonly replies: ReadonlyArray<{ readonly recipient: number; readonly at: number }> };
  /** Conversations that may be open at once; counted, and reckoned against a budget, only where it is there. */
  readonly openLimit?: number;
}

/** Clients that send later, cancel and test. */
export interface PlannedClients {
  /** Seconds from the start at which every message is wanted; absent: at once. */
  readonly sendAt?: number;
  /** In seconds from the start; each may come twice, or while the message is being sent. */
  readonly cancels: ReadonlyArray<{ readonly request: number; readonly at: number }>;
  /** The key is a test key. */
  readonly isTest: boolean;
}

/** What people do about messages that wait for them. */
export interface PlannedReview {
  /** The company's flags ask for a person. */
  readonly isAsked: boolean;
  /** The template is broken until so many seconds after the start, so that messages are held before they have words. */
  readonly brokenFor: number;
  /** Decisions about each wait, in seconds from its beginning; nobody decides where there is none. */
  readonly decisions: ReadonlyArray<{ readonly after: number; readonly what: (typeof DECISIONS)[number] }>;
}

/** `approve edited`: with values that can be proved; `approve invented`: with one that cannot. */
export const DECISIONS = ['approve', 'approve edited', 'approve invented', 'reject'] as const;

/** From the send to the reminder, and from there until the answer is given up. */
export const REMIND_AFTER_SECONDS = 120;

/** Calls of a message that goes well, about; faults are strewn over the first of them. */
const CALLS = 22;

export function planRun(seed: number): Plan {
  const random = new Random(seed);
  const requests = Array.from({ length: 1 + random.below(3) }, (_none, number) => ({
    number,
    recipient: random.chance(0.7) ? 0 : 1,
    at: random.below(random.chance(0.5) ? 3 : 90),
    repeats: random.chance(0.3) ? [random.below(200)] : [],
  }));
  const outlives = random.chance(0.3);
  const { lostAnswer, ...vendor } = planVendor(new Random(seed * 41 + 19));
  const faults = Array.from({ length: random.below(7) }, () => planFault(random, requests.length, outlives));
  return {
    seed,
    channel: random.pick(['sms', 'sms', 'whatsapp', 'email'] as const),
    resends: random.chance(0.5),
    outlives,
    ...(random.chance(0.3) ? { validMinutes: random.pick([1, 2, 10, 40]) } : {}),
    requests,
    optOuts: random.chance(0.12) ? [{ recipient: 0, at: random.below(120) }] : [],
    review: planReview(new Random(seed * 17 + 3)),
    resolving: planResolving(new Random(seed * 29 + 11)),
    clients: planClients(new Random(seed * 43 + 29), seed, requests),
    ...planLimit(new Random(seed * 23 + 5)),
    ...planAsks(new Random(seed * 43 + 7)),
    ...vendor,
    faults: [...faults, ...lostAnswer],
  };
}

/** From a source of its own, as each later part of a plan: seeds that were found before mean what they meant. */
function planVendor(random: Random): Pick<Plan, 'listsOtherWords' | 'failsLate' | 'hasOtherNames'> & {
  readonly lostAnswer: readonly Fault[];
} {
  const flags = {
    listsOtherWords: random.chance(0.2), failsLate: random.chance(0.2), hasOtherNames: random.chance(0.3),
  };
  // The list is asked only where both the answer and the receipts are lost.
  const lostAnswer: readonly Fault[] =
    flags.listsOtherWords && random.chance(0.3)
      ? [{ on: 'send', nth: 0, what: 'accepted and lost' }, { on: 'receipt', nth: 0, what: 'lost' }]
      : [];
  return { ...flags, lostAnswer };
}

/** Of two seeds in thirteen: those that were found before mean what they meant. */
function planClients(random: Random, seed: number, requests: readonly PlannedRequest[]): PlannedClients {
  if (![6, 9].includes(seed % 13)) return { cancels: [], isTest: false };
  const sendAt = 30 + random.below(random.chance(0.5) ? 120 : 3000);
  const isLater = random.chance(0.5);
  const near = isLater ? sendAt : 0;
  const cancels = requests.flatMap(({ number, at }) => {
    if (!random.chance(0.6)) return [];
    const moment = Math.max(near, at) + random.below(12) - (isLater ? 5 : 0);
    return [moment, ...(random.chance(0.3) ? [moment + random.below(20)] : [])].map((one) => (
      { request: number, at: Math.max(0, one) }
    ));
  });
  return { cancels, isTest: random.chance(0.25), ...(isLater ? { sendAt } : {}) };
}

function planLimit(random: Random): Pick<Plan, 'openLimit'> {
  return random.chance(0.25) ? { openLimit: 1 + random.below(3) } : {};
}

/** Replies come mostly when the reminder is about to leave. */
function planAsks(random: Random): Pick<Plan, 'asks'> {
  if (!random.chance(0.15)) return {};
  const at = () => (random.chance(0.7) ? REMIND_AFTER_SECONDS + random.below(120) : random.below(600));
  const replies = Array.from({ length: random.below(3) }, () => ({ recipient: random.below(2), at: at() }));
  return { asks: { replies } };
}

function planResolving(random: Random): readonly number[] {
  if (!random.chance(0.4)) return [];
  const after = random.below(random.chance(0.5) ? 600 : 7200);
  // Two people at once, or one who gives the command twice.
  return random.chance(0.4) ? [after, after + random.below(3)] : [after];
}

function planReview(random: Random): PlannedReview {
  const isAsked = random.chance(0.2);
  const after = () => random.below(random.chance(0.6) ? 200 : 4000);
  const one = { after: after(), what: random.pick(DECISIONS) };
  // Two people at once, or one who gives a command twice.
  const twice = random.chance(0.3) ? [one, { ...one, what: random.pick(DECISIONS) }] : [];
  return {
    isAsked,
    brokenFor: random.chance(0.06) ? 20 + random.below(300) : 0,
    decisions: [
      ...twice,
      ...Array.from({ length: random.below(3) }, () => ({
        after: after(),
        what: random.pick(['approve', ...DECISIONS] as const),
      })),
    ],
  };
}

function planFault(random: Random, requests: number, outlives: boolean): Fault {
  const nth = random.below(requests + 2);
  switch (
    random.pick([
      'call',
      'call',
      'call',
      'call',
      'send',
      'send',
      'fill',
      'lookup',
      'receipt',
      'receipt',
      'queue',
    ] as const)
  ) {
    case 'call':
      // Where workers outlive their leases, it takes a long stall to show it.
      return outlives && random.chance(0.5)
        ? { on: 'call', nth: random.below(CALLS * requests), what: 'stall', seconds: random.pick([70, 130]) }
        : {
          on: 'call',
          nth: random.below(CALLS * (requests + 1)),
          what: random.pick(CALL_FAULTS),
          seconds: random.pick([1, 9, 12, 25, 55, 130]),
        };
    case 'send':
      return { on: 'send', nth, what: random.pick(SEND_FAULTS) };
    case 'fill':
      return { on: 'fill', nth, what: random.pick(FILL_FAULTS) };
    case 'lookup':
      return { on: 'lookup', nth, what: random.pick(LOOKUP_FAULTS) };
    case 'receipt':
      return { on: 'receipt', nth, what: random.pick(RECEIPT_FAULTS) };
    case 'queue':
      return { on: 'queue', nth, what: random.pick(QUEUE_FAULTS) };
  }
}

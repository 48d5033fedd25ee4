import type { Delivery } from '../../../tools/vendor-simulators/delivery';
import type { SentKind } from './sent-words';
import { isOfEngine, kindOf } from './sent-words';

/** A thread that a person took: from `silentAt` on, and until `returnedAt`, nothing of the engine may leave in it. */
export interface TakenThread {
  readonly recipient: string;
  /** Milliseconds since 1970: when the person was told that the engine is silent. */
  readonly silentAt: number;
  /** The person was told that one reply may be leaving already. */
  readonly leaving: boolean;
  /** The person was told that their words are on their way. */
  readonly isAnswered: boolean;
  /** When the person gave it back; absent if never. */
  readonly returnedAt?: number;
}

export interface CardsReport {
  /** Recipients who asked something that a card answers. */
  readonly asked: number;
  /** By what the vendors took. */
  readonly cards: number;
  readonly handOffs: number;
  /** Words of persons that were taken to be sent, and those that vendors took. */
  readonly queuedByPersons: number;
  readonly persons: number;
  readonly taken: number;
  readonly returned: number;
  /** The same words twice to one recipient, who asked once. */
  readonly doubled: readonly string[];
  readonly afterTakeover: readonly string[];
}

/** Judges by what the vendors took alone: our own records may be wrong. */
export function judgeCards(
  deliveries: readonly Delivery[], { asked, taken }: { readonly asked: number; readonly taken: readonly TakenThread[] },
): CardsReport {
  const kinds = deliveries.map(kindOf);
  const times = new Map<string, number>();
  for (const [index, { to }] of deliveries.entries()) {
    const kind = kinds[index];
    if (kind === 'question') continue;
    times.set(`${String(kind)} to ${to}`, (times.get(`${String(kind)} to ${to}`) ?? 0) + 1);
  }
  const count = (isMeant: (kind: SentKind) => boolean) => kinds.filter(isMeant).length;
  return {
    asked,
    cards: count((kind) => kind.startsWith('card ')),
    handOffs: count((kind) => kind === 'hand_off'),
    queuedByPersons: taken.filter(({ isAnswered }) => isAnswered).length,
    persons: new Set(deliveries.filter((_one, index) => kinds[index] === 'person').map(({ to }) => to)).size,
    taken: taken.length,
    returned: taken.filter(({ returnedAt }) => returnedAt !== undefined).length,
    doubled: [...times].filter(([, number]) => number > 1).map(([what, number]) => `${what}: ${number} times`),
    afterTakeover: taken.flatMap((thread) => {
      const { recipient, leaving, silentAt, returnedAt = Infinity } = thread;
      const late = deliveries.filter((one) => (
        one.to === recipient && isOfEngine(kindOf(one)) && one.acceptedAt > silentAt && one.acceptedAt < returnedAt
      ));
      return late.slice(leaving ? 1 : 0).map((one) => `${kindOf(one)} to ${recipient}`);
    }),
  };
}

/** Rows of the report's table. */
export function cardsRows(report: CardsReport): ReadonlyArray<readonly [string, string | number]> {
  return [
    ['recipients who asked what a card answers', report.asked],
    ['answers by cards that vendors took, sentences of hand-offs', `${report.cards}, ${report.handOffs}`],
    ['threads that a person took, of these returned', `${report.taken}, ${report.returned}`],
    ["persons' answers, of these that vendors took", `${report.queuedByPersons}, ${report.persons}`],
    ['**doubled replies**: the same words twice to one recipient', `**${report.doubled.length}**`],
    ['**replies of the engine after a takeover**', `**${report.afterTakeover.length}**`],
  ];
}

/** A sentence for each thing that must not be. */
export function complaintsOfCards(
  { asked, cards, queuedByPersons, persons, doubled, afterTakeover }: CardsReport,
): readonly string[] {
  // What a vendor refused or never confirmed is told by the records; one in forty fails.
  const isDropped = persons < queuedByPersons * 0.9;
  return [
    ...(isDropped ? [`of ${queuedByPersons} persons' answers that were queued vendors took ${persons}`] : []),
    ...(asked > 0 && cards === 0 ? ['no card was said, so nothing was shown'] : []),
    ...doubled.map((one) => `doubled reply: ${one}`),
    ...afterTakeover.map((one) => `reply of the engine after a takeover: ${one}`),
  ];
}

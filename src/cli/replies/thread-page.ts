import type { ShownLine, ThreadView } from '../../operations/replies/thread-view';
import { field, indent } from '../layout';
import { instant, moment } from '../moments';

const OWNERS = {
  engine: 'the engine reads it',
  person: 'a person is to answer',
  nobody: 'nobody: the recipient has opted out',
} as const;

/** Who has the thread, in words. */
export function ownerWords({ owner, takenBy }: Pick<ThreadView, 'owner' | 'takenBy'>): string {
  return owner === 'person' && takenBy !== undefined ? `${takenBy} has taken it over` : OWNERS[owner];
}

/** All of one thread. */
export function threadLines(view: ThreadView, now: number, columns?: number): readonly string[] {
  const { lastInboundAt, answerDueAt, history, lines } = view;
  return [
    ...field('Thread', view.threadId, columns),
    ...field('Owner', ownerWords(view), columns),
    ...(lastInboundAt === undefined ? [] : field('Heard', moment(lastInboundAt, now), columns)),
    ...(answerDueAt === undefined ? [] : field('Read', `${moment(answerDueAt, now)}, unless more is written`, columns)),
    ...history.flatMap((entry) => field('Way', `${instant(entry.at)} ${stepWords(entry)}`, columns)),
    ...lines.flatMap(shownLine),
  ];
}

function stepWords({ event, by, reason, card }: ThreadView['history'][number]): string {
  const what = card ? ` with card ${card.card_id}, version ${card.version}` : '';
  return `${event.replace('_', ' ')}${what}${by ? ` by ${by}` : ''}${reason ? ` (${reason})` : ''}`;
}

export function shownLine({ at, from, by, card, text, unread }: ShownLine): readonly string[] {
  const author = card === undefined ? by : `the engine with card ${card}`;
  const who = from === 'recipient'
    ? 'from the recipient'
    : `to the recipient${author === undefined ? '' : `, by ${author}`}`;
  return ['', `${instant(at)}  ${who}${unread === undefined ? '' : ` (not read by a model: ${unread})`}`, ...indent(text)];
}

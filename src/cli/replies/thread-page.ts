import type { ShownLine, ThreadView } from '../../operations/replies/thread-view';
import type { ExplainedAnswer } from '../../operations/replies/explain-answer';
import { explainClaim } from '../../proof/trace/explain-claim';
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

/** All of one thread; `answers`: by its line, what an answer of the engine was made of. */
export function threadLines(
  view: ThreadView, now: number, columns?: number, answers: ReadonlyMap<number, ExplainedAnswer> = new Map(),
): readonly string[] {
  const { lastInboundAt, answerDueAt, history, silence, lines } = view;
  return [
    ...field('Thread', view.threadId, columns),
    ...field('Owner', ownerWords(view), columns),
    ...(lastInboundAt === undefined ? [] : field('Heard', moment(lastInboundAt, now), columns)),
    ...(answerDueAt === undefined ? [] : field('Read', `${moment(answerDueAt, now)}, unless more is written`, columns)),
    ...history.flatMap((entry) => field('Way', `${instant(entry.at)} ${stepWords(entry)}`, columns)),
    ...(silence === undefined ? [] : field('Silent', `${instant(silence.at)} ${silence.reason}`, columns)),
    ...lines.flatMap((line) => {
      const answer = answers.get(line.sequence);
      return [...shownLine(line), ...(answer ? ['', ...answerLines(answer, columns)] : [])];
    }),
  ];
}

function answerLines(answer: ExplainedAnswer, columns?: number): readonly string[] {
  const { card_id, version, language, isCurrent, stale, values, facts } = answer;
  const known = new Map(facts.map(({ path, value }) => [path, value]));
  return [
    ...field('Card', `${card_id} version ${version}, ${language}${isCurrent ? '' : ' (not in use any more)'}`, columns),
    ...values.flatMap(({ variable, verdict, value, claims }) => [
      ...field('Value', `${variable} (${verdict}): ${value}`, columns),
      ...claims.flatMap((claim) => field('', explainClaim(claim, value, (path) => known.get(path)), columns)),
    ]),
    ...(stale ? field('', 'facts have changed since it went: not each claim would be proved today', columns) : []),
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

import { z } from 'zod';
import { resourceNames } from '../../../src/core/names';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../../tools/local-stage/local-stage';
import type { LoadRequest } from '../load-client';
import { scanTable } from '../scan-table';
import type { AskedBack } from './ask-back';
import type { FailingReceiver, ReceiverCounts } from './failing-receiver';
import type { CardsReport } from './judge-cards';
import { cardsRows, complaintsOfCards, judgeCards } from './judge-cards';
import type { Heard, WrittenAnswer } from './load-replies';
import { loggedEvents } from './settle-replies';

const answerShape = z.object({ value: z.unknown(), quote: z.nullish(z.string()) });
const recordShape = z.object({
  request_id: z.string(),
  answers: z.optional(z.record(z.string(), answerShape)),
  task_complete: z.optional(z.unknown()),
  reply_attention: z.optional(z.unknown()),
});

type Answers = Readonly<Record<string, z.infer<typeof answerShape>>>;

export interface RepliesReport {
  readonly answered: number;
  /** Replies that the vendor was told to be taken, and whose answers are not all on the record as they were written. */
  readonly lost: readonly string[];
  /** Answers that do not stand in what their recipient wrote. */
  readonly invented: readonly string[];
  /** Conversations whose answers never reached the client, or other ones than the record's. */
  readonly untold: readonly string[];
  readonly events: number;
  readonly notDelivered: number;
  readonly notTaken: number;
  readonly doubledReplies: number;
  readonly receiver: ReceiverCounts;
  /** Of those whose project answers from cards. */
  readonly cards: CardsReport;
}

export async function judgeReplies(
  stage: LocalStage,
  accepted: readonly LoadRequest[],
  { written, notTaken, doubled, askedBack }: Heard & { readonly askedBack: AskedBack },
  receiver: FailingReceiver,
): Promise<RepliesReport> {
  const { conversationTable } = resourceNames(LOCAL_STAGE);
  const records = new Map((await scanTable(stage, {
    TableName: conversationTable, FilterExpression: 'attribute_exists(conversation_status)',
  }))
    .map((item) => recordShape.parse(item)).map((record) => [record.request_id, record]));
  const told = toldAnswers(receiver);
  const lost: string[] = [];
  const invented: string[] = [];
  const untold: string[] = [];
  let answered = 0;
  for (const { mark, requestId } of accepted) {
    const answer = written.get(mark);
    if (!answer) continue;
    const { answers, task_complete: complete } = records.get(requestId) ?? {};
    if (complete === 1 && isSame(answers, answer)) answered += 1;
    else lost.push(`${mark} ${requestId} ${JSON.stringify(answers)}`);
    for (const { quote } of Object.values(answers ?? {})) if (!isPartOf(quote, answer)) invented.push(`${mark} ${quote}`);
    if (!isSame(told.get(requestId), answer)) untold.push(`${mark} ${requestId}`);
  }
  const logged = await loggedEvents(stage);
  return {
    answered, lost, invented, untold,
    events: logged.size,
    notDelivered: [...logged.keys()].filter((id) => !receiver.events.has(id)).length,
    notTaken: notTaken.length,
    doubledReplies: doubled,
    receiver: { ...receiver.counts },
    cards: judgeCards(stage.vendors.deliveries(), askedBack),
  };
}

/** The newest of each request. */
function toldAnswers({ events }: FailingReceiver): ReadonlyMap<string, Answers> {
  const told = new Map<string, { readonly sequence: number; readonly answers: Answers }>();
  for (const event of events.values()) {
    if (event.type !== 'conversation.answered' || !event.data.answers) continue;
    const before = told.get(event.data.request_id);
    if (before && before.sequence > event.sequence) continue;
    told.set(event.data.request_id, { sequence: event.sequence, answers: event.data.answers });
  }
  return new Map([...told].map(([id, { answers }]) => [id, answers]));
}

function isSame(answers: Answers | undefined, written: WrittenAnswer): boolean {
  return Object.entries(written).every(([name, value]) => answers?.[name]?.value === value);
}

function isPartOf(quote: string | null | undefined, { explanation, start_date: date }: WrittenAnswer): boolean {
  if (quote === explanation) return true;
  const [year = '', , day = ''] = date.split('-');
  return new RegExp(`^${Number(day)} [A-Z][a-z]+ ${year}$`).test(quote ?? '');
}

/** Rows of the report's table. */
export function repliesRows(report: RepliesReport): ReadonlyArray<readonly [string, string | number]> {
  const { receiver } = report;
  return [
    ['recipients who answered, and their answers are on the record as written', report.answered],
    ['**answers lost**: the vendor was told that the reply is taken', `**${report.lost.length}**`],
    ['**answers that nobody wrote**', `**${report.invented.length}**`],
    ['**answers that the client was not told**', `**${report.untold.length}**`],
    ['replies not taken, and the vendor was told so', report.notTaken],
    ['replies handed over twice', report.doubledReplies],
    ['events published', report.events],
    ['**events not delivered**', `**${report.notDelivered}**`],
    ['calls of the endpoint, of these failed by it', `${receiver.calls}, ${receiver.failures}`],
    ['events delivered again, deliveries that no secret proves', `${receiver.repeated}, ${receiver.unverified}`],
    ...cardsRows(report.cards),
  ];
}

/** A sentence for each thing that must not be; none where recipients did not answer. */
export function complaintsOf(report: RepliesReport | undefined): readonly string[] {
  if (!report) return [];
  const { lost, invented, untold, notDelivered, receiver: { unverified }, cards } = report;
  return [
    ...lost.map((one) => `answer lost: ${one}`),
    ...invented.map((one) => `answer that nobody wrote: ${one}`),
    ...untold.map((one) => `answer that the client was not told: ${one}`),
    ...(notDelivered > 0 ? [`${notDelivered} events were not delivered`] : []),
    ...complaintsOfCards(cards),
    ...(unverified > 0 ? [`${unverified} deliveries were not signed by the endpoint's secret`] : []),
  ];
}

import type { ExpectedAnswer, KeptAnswer, KeptAnswers } from '../company/expected-answer';
import { timestamp } from '../ports/clock';
import type { Change } from './change';
import type { Conversation } from './conversation';

/** An answer that was proved by its quote and is not written yet. */
export type ProvedAnswer = Pick<KeptAnswer, 'value' | 'quote' | 'message_id' | 'position'>;

type Answered = Pick<Conversation, 'expected_answers' | 'answers'>;

/** Those that no reply has answered yet, in the template's order. */
export function openAnswers({ expected_answers: expected = [], answers = {} }: Answered): readonly ExpectedAnswer[] {
  return expected.filter(({ name }) => !Object.hasOwn(answers, name));
}

/** Whether every required answer is there. Never true of a conversation that expects none. */
export function isAnswered(conversation: Answered): boolean {
  const { expected_answers: expected = [] } = conversation;
  return expected.length > 0 && openAnswers(conversation).every(({ required }) => !required);
}

/**
 * Keeps proved answers of the record as it was seen; another turn's write in between makes it not apply. Names that the
 * record does not expect are left out, and so is what an older message says than the one whose answer is there: a
 * message may be read after a newer one. Undefined where nothing is new.
 */
export function keepAnswers({ seen, proved, now }: {
  readonly seen: Conversation;
  readonly proved: Readonly<Record<string, ProvedAnswer>>;
  readonly now: number;
}): Change | undefined {
  const at = timestamp(now);
  const { expected_answers: expected = [], answers: before = {}, answers_version: version } = seen;
  const changed = expected.flatMap(({ name }): ReadonlyArray<readonly [string, KeptAnswer]> => {
    const answer = Object.hasOwn(proved, name) ? proved[name] : undefined;
    const known = Object.hasOwn(before, name) ? before[name] : undefined;
    if (!answer || (known && !isNewer(answer, known))) return [];
    // The same value in other words is no correction. That it was said again counts against what was said between.
    if (known && isSame(known, answer)) return [[name, { ...known, position: answer.position }]];
    return [[name, { ...answer, at, version: (known?.version ?? 0) + 1 }]];
  });
  if (changed.length === 0) return undefined;
  const answers: KeptAnswers = { ...before, ...Object.fromEntries(changed) };
  const isNews = changed.some(([name, { version: count }]) => count !== before[name]?.version);
  const isComplete = isAnswered({ ...seen, answers });
  return {
    name: 'keep answers',
    when: [
      {
        answers_version: version === undefined ? { exists: false } : { equals: version },
        conversation_status: { equals: seen.conversation_status },
      },
    ],
    set: { answers, answers_version: (version ?? 0) + 1, updated_at: at, task_complete: isComplete ? 1 : undefined },
    append: isComplete && isNews ? { history: { at, status: seen.conversation_status, event: 'answered' } } : {},
  };
}

/** Of answers without a position, as older versions kept them, the one that is read last counts. */
function isNewer(answer: ProvedAnswer, known: KeptAnswer): boolean {
  if (answer.position === undefined || known.position === undefined) return !isSame(known, answer);
  return answer.position > known.position;
}

function isSame({ value }: KeptAnswer, { value: other }: ProvedAnswer): boolean {
  return JSON.stringify(value) === JSON.stringify(other);
}

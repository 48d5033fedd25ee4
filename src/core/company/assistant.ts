import * as z from 'zod/mini';
import type { Fault } from '../contract/refusal';
import type { AnswerCard, Knowledge } from './answer-card';
import { answerCardsSchema, CARD_LIMITS, knowledgeListSchema } from './answer-card';
import { assistantFaults } from './assistant-faults';
import type { AssistantSettings } from './assistant-settings';
import { assistantSettingsSchema } from './assistant-settings';
import type { Checked } from './check-schema';
import { checkSchema } from './check-schema';
import { localTime } from './opening-hours';

/** The part of a record that the engine answers by. What is wrong with it stops no other message. */
export const assistantSchema = z.object({
  answer_cards: z._default(answerCardsSchema, []),
  knowledge: z._default(knowledgeListSchema, []),
  assistant: z.optional(assistantSettingsSchema),
});

/** What a project's answers are made of. */
export interface Assistant {
  readonly cards: readonly AnswerCard[];
  readonly knowledge: readonly Knowledge[];
  readonly settings: AssistantSettings;
}

/** Reads what a project answers by; undefined where it has no assistant. Whether it answers, `replies` says. */
export function parseAssistant(record: Readonly<Record<string, unknown>>): Checked<Assistant | undefined> {
  const { answer_cards, knowledge, assistant, replies } = record;
  // As in old records, null is what was left empty.
  const given = Object.entries({ answer_cards, knowledge, assistant }).filter(([, value]) => value !== null);
  const checked = checkSchema(assistantSchema, Object.fromEntries(given));
  const sizes = [
    ...tooLarge('answer_cards', answer_cards, CARD_LIMITS.cardBytes),
    ...tooLarge('knowledge', knowledge, CARD_LIMITS.factBytes),
  ];
  if (!checked.valid) return { valid: false, faults: [...checked.faults, ...sizes] };
  const { answer_cards: cards, knowledge: facts, assistant: settings } = checked.value;
  const faults = [...sizes, ...assistantFaults({ cards, knowledge: facts, settings, answers: replies === 'answer' })];
  if (faults.length > 0) return { valid: false, faults };
  return { valid: true, value: settings && { cards, knowledge: facts, settings } };
}

function tooLarge(path: string, value: unknown, most: number): readonly Fault[] {
  if (value === undefined || value === null || Buffer.byteLength(JSON.stringify(value)) <= most) return [];
  return [{ path, message: `must be at most ${most / 1024} KB as JSON` }];
}

/** The facts that are true at `now`, by their names. */
export function currentKnowledge(
  { knowledge, settings }: Pick<Assistant, 'knowledge' | 'settings'>,
  now: number,
): Readonly<Record<string, unknown>> {
  const { date } = localTime(settings.time_zone, now);
  const isTrue = ({ valid_until: last }: Knowledge) => last === undefined || date <= last;
  return Object.fromEntries(knowledge.filter(isTrue).map(({ name, value }) => [name, value]));
}

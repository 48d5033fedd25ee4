import type { JsonRecord } from '../json-record';

/** Ways in which models answer the same question, as recorded from three families of them. */
export const ANSWER_STYLES = ['terse', 'chatty', 'commentary-first'] as const;
export type AnswerStyle = (typeof ANSWER_STYLES)[number];

/** The style of a simulated model: asking another model is how a test asks for another style. */
const STYLES: Readonly<Partial<Record<string, AnswerStyle>>> = {
  'gpt-6-luna': 'terse',
  'gpt-6.1-terra': 'chatty',
  'gpt-5.6-luna': 'commentary-first',
};

export function styleOf(model: string): AnswerStyle {
  return STYLES[model] ?? 'terse';
}

/** A chatty model is polite where there is room; the others say what was asked. */
export function inStyle(style: AnswerStyle, value: string, most: number): string {
  const polite = `${value} Thank you for your time.`;
  return style === 'chatty' && /[.!?]$/.test(value) && polite.length <= most ? polite : value;
}

/** The answer's text as a style lays it out: terse on one line, the others over several. */
export function layOut(style: AnswerStyle, values: JsonRecord): string {
  return style === 'terse' ? JSON.stringify(values) : JSON.stringify(values, undefined, 2);
}

/** Items of an answer before its message: what a model thought, or said aloud before it answered. */
export function itemsBefore(style: AnswerStyle, identifier: string): readonly JsonRecord[] {
  const summary = style === 'terse' ? [] : [{ type: 'summary_text', text: 'The facts hold what the values need.' }];
  const reasoning = { id: `rs_${identifier}`, type: 'reasoning', summary };
  if (style !== 'commentary-first') return [reasoning];
  const text = 'I will take the values from the facts, and cite each of them.';
  const commentary = {
    id: `msg_${identifier}_0`,
    type: 'message',
    status: 'completed',
    role: 'assistant',
    phase: 'commentary',
    content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
  };
  return [reasoning, commentary];
}

/** What a style adds to the item of the answer itself. */
export function finalFields(style: AnswerStyle): JsonRecord {
  return style === 'commentary-first' ? { phase: 'final_answer' } : {};
}

/** A chatty model sends its text in several parts, which belong together. */
export function partsOf(style: AnswerStyle, text: string): readonly string[] {
  if (style !== 'chatty' || text.length < 2) return [text];
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

import type { AnswerValue } from '../../core/company/expected-answer';
import type { ReplyDryRun } from '../../operations/dry-run/dry-run-reply';
import type { Rule } from '../../proof/rules/rules';
import { RULES } from '../../proof/rules/rules';
import { field } from '../layout';

const OUTCOMES = {
  would_answer: 'The engine would answer this reply.',
  would_wait_for_a_person: 'This reply would wait for a person',
  would_say_nothing: 'The engine would say nothing to this reply',
  would_opt_out: 'This reply would opt the recipient out.',
} as const satisfies Record<ReplyDryRun['outcome'], string>;

/** What would become of a reply: which answers, which card, which proof, which limits, and what it costs. */
export function replyLines(tried: ReplyDryRun, columns?: number): readonly string[] {
  const { outcome, reason, detail, answers, card, says, limits, usage, cost, model } = tried;
  return [
    reason === undefined ? OUTCOMES[outcome] : `${OUTCOMES[outcome]}: ${reason}`,
    ...answers.flatMap(({ name, value, quote }) => field('Answer', `${name} = ${written(value)}, from "${quote}"`, columns)),
    ...(card ? field('Card', `${card.card_id} version ${card.version}, ${card.language}`, columns) : []),
    ...(card?.values ?? []).flatMap(({ name, value, verdict }) => field('Value', `${name} (${verdict}): ${value}`, columns)),
    ...(detail === undefined ? [] : field('Refused', inWords(detail), columns)),
    ...(limits
      ? field('Limits', `${limits.perHour} replies an hour, ${limits.perDay} a day, ${limits.inARow} in a row`, columns)
      : []),
    ...field('Model', model ?? 'none is asked', columns),
    ...(usage.total_tokens > 0
      ? field('Tokens', `${usage.total_tokens} (${usage.prompt_tokens} in, ${usage.completion_tokens} out)`, columns)
      : []),
    ...(cost ? field('Cost', costWords(cost), columns) : []),
    ...(says === undefined ? [] : ['', ...says.split('\n')]),
  ];
}

function written(value: AnswerValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? `${value.currency} ${value.amount}` : String(value);
}

/** A detail names variables and rules: `pay: unknown_word, too_long`. */
function inWords(detail: string): string {
  return detail.split('; ').map((part) => {
    const [name = '', rules = ''] = part.split(': ');
    return `${name}: ${rules.split(', ').map((rule) => (isRule(rule) ? RULES[rule] : rule)).join(' ')}`;
  }).join(' ');
}

function isRule(word: string): word is Rule {
  return Object.hasOwn(RULES, word);
}

function costWords({ currency, reading, answer }: NonNullable<ReplyDryRun['cost']>): string {
  return `${(reading + answer).toFixed(4)} ${currency}: ${reading.toFixed(4)} to read it, ${answer.toFixed(4)} to answer it`;
}

import type { Fault, Refusal } from '../contract/refusal';
import type { ConversationRequest } from '../contract/request';
import type { ChannelSettings } from './company';
import type { ExpectedAnswer, WantedAnswer } from './expected-answer';

/** What a conversation expects, or why the request and the template do not fit together. */
export type NarrowedAnswers =
  | { readonly expected: readonly ExpectedAnswer[] | undefined }
  | { readonly refusal: Refusal };

const PATH = 'request_data.expected_answers';

/**
 * The template's answers as the request narrows them: only those that it names, in its order, with the choices that it
 * lists. It can neither add a name or a choice nor change a question, and what it names stays required or not as the
 * template says. A request that says nothing expects what the template does; undefined: nothing.
 */
export function narrowAnswers(request: ConversationRequest, { content }: ChannelSettings): NarrowedAnswers {
  const { expected_answers: wanted } = request.request_data;
  const { name: template, answers: offered = [] } = content.template;
  if (!wanted) return { expected: offered.length > 0 ? offered : undefined };
  if (offered.length === 0) return refuse([{ path: PATH, message: `must be left out: ${template} expects no answers` }]);
  const judged = wanted.map((one, index) => narrowed(one, index, wanted, { template, offered }));
  const faults = judged.flatMap((one) => ('fault' in one ? [one.fault] : []));
  const expected = judged.flatMap((one) => ('answer' in one ? [one.answer] : []));
  if (faults.length === 0 && !expected.some(({ required }) => required)) {
    faults.push({ path: PATH, message: 'must name an answer that is required: without one nothing is waited for' });
  }
  return faults.length > 0 ? refuse(faults) : { expected };
}

function narrowed(
  { name, choices }: WantedAnswer,
  index: number,
  wanted: readonly WantedAnswer[],
  { template, offered }: { readonly template: string; readonly offered: readonly ExpectedAnswer[] },
): { readonly answer: ExpectedAnswer } | { readonly fault: Fault } {
  const path = `${PATH}.${index}`;
  const answer = offered.find((one) => one.name === name);
  const fault = (field: string, message: string) => ({ fault: { path: `${path}.${field}`, message } });
  if (!answer) {
    const names = offered.map((one) => one.name).join(', ');
    return fault('name', `is not an answer of the template ${template}, which expects ${names}`);
  }
  if (wanted.findIndex((one) => one.name === name) < index) return fault('name', 'is named before');
  if (!choices) return { answer };
  const { choices: all } = answer;
  if (!all) return fault('choices', `must be left out: ${name} is not a choice`);
  if (choices.some((choice) => !all.includes(choice))) {
    return fault('choices', `must be some of the template's, spelled as there: ${all.join(', ')}`);
  }
  const chosen = all.filter((choice) => choices.includes(choice));
  if (chosen.length < 2) return fault('choices', 'must hold two choices at least');
  return { answer: { ...answer, choices: chosen } };
}

function refuse(details: readonly Fault[]): { readonly refusal: Refusal } {
  const [first] = details;
  return { refusal: { code: 'INVALID_EXPECTED_ANSWERS', message: `${first?.path} ${first?.message}.`, details } };
}

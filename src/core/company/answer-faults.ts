import { senderKind } from '../channels/sender-form';
import type { SenderKind } from '../channels/sender-form';
import type { Fault } from '../contract/refusal';
import type { ExpectedAnswer } from './expected-answer';

/** What is wrong with the answers of a template beside their form; `path` is below the template. */
export function answerFaults(
  answers: readonly ExpectedAnswer[] = [],
  sender: string,
  senderKinds: readonly SenderKind[],
): readonly Fault[] {
  if (answers.length === 0) return [];
  const fault = (path: string, message: string) => ({ path, message });
  const faults = answers.flatMap((answer, index) => [
    ...(answers.findIndex(({ name }) => name === answer.name) < index
      ? [fault(`answers.${index}.name`, `is used twice: ${answer.name}`)]
      : []),
    ...choiceFaults(answer).map((message) => fault(`answers.${index}.choices`, message)),
  ]);
  return [
    ...faults,
    ...(answers.some(({ required }) => required)
      ? []
      : [fault('answers', 'must hold an answer that is required: without one nothing is waited for')]),
    ...(senderKind(sender, senderKinds) === 'name'
      ? [fault('answers', `must be left out: the sender ${sender} is a name, to which nobody can reply`)]
      : []),
  ];
}

function choiceFaults({ type, choices }: ExpectedAnswer): readonly string[] {
  if (type !== 'choice') return choices ? [`must be left out: the answer's type is ${type}, not choice`] : [];
  if (!choices || choices.length < 2) return ['must hold two choices at least'];
  const folded = choices.map((choice) => choice.trim().toLowerCase());
  const twice = choices.find((_choice, index) => folded.indexOf(folded[index] ?? '') < index);
  return twice === undefined ? [] : [`must differ in more than letter case: ${twice}`];
}

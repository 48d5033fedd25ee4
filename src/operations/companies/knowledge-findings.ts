import type { AnswerCard, Knowledge } from '../../core/company/answer-card';
import { neededFacts } from '../../core/company/answer-card';
import { renderFact } from '../../proof/copies/render-fact';
import { hasInstructions } from '../../proof/instructions-in-text';
import { characterFaults } from '../../proof/rules/character-rules';
import type { TemplateFinding } from './content-findings';
import { fault, warning } from './content-findings';
import { nearest } from './known-fields';

interface Known {
  readonly knowledge: readonly Knowledge[];
  /** Today's date by the clocks of the project. */
  readonly today: string;
}

/** What a card says of facts that are not there, have run out, or do not have the form that it wants. */
export function knowledgeFindings(card: AnswerCard, known: Known): readonly TemplateFinding[] {
  const paths = pathsOf(card);
  return paths.flatMap((used, index) => {
    const { place, path } = used;
    const [section, name, ...deeper] = path.split('.');
    if (section !== 'knowledge' || name === undefined) return [];
    const fact = known.knowledge.find((one) => one.name === name);
    if (!fact) return [fault(place, `names ${name}, which knowledge does not hold${meant(name, known)}`)];
    const isFirst = paths.findIndex((one) => one.path.split('.')[1] === name) === index;
    return [...(isFirst ? ranOut(card, used, fact, known) : []), ...misfit(card, place, fact, deeper)];
  });
}

/** What is wrong with a fact beside its form; `path` is below it. */
export function factFindings(
  { name, value, valid_until: last }: Knowledge, { today }: Pick<Known, 'today'>,
): readonly TemplateFinding[] {
  return [
    ...(last !== undefined && last < today
      ? [warning('valid_until', `is past: ${name} proves nothing any more, and no card that needs it is sent`)]
      : []),
    ...textsOf(value).flatMap((text) => unsafeWords('value', text)),
  ];
}

/** Words that give orders to a model, or that hold what no reader sees. */
export function unsafeWords(path: string, words: string): readonly TemplateFinding[] {
  const isHidden = characterFaults(words).some((rule) => rule === 'invisible_character' || rule === 'control_character');
  return [
    ...(hasInstructions(words)
      ? [fault(path, 'reads like instructions to a language model: say it in other words')]
      : []),
    ...(isHidden ? [fault(path, 'holds a character that no reader sees: write it anew')] : []),
  ];
}

interface UsedPath {
  readonly place: string;
  readonly path: string;
}

function pathsOf({ needs = [], variables }: AnswerCard): readonly UsedPath[] {
  return [
    ...needs.map((path, index) => ({ place: `needs.${index}`, path })),
    ...Object.entries(variables).flatMap(([name, { copy_of: copied, facts = [] }]) => [
      ...(copied === undefined ? [] : [{ place: `variables.${name}.copy_of`, path: copied }]),
      ...facts.map((path, index) => ({ place: `variables.${name}.facts.${index}`, path })),
    ]),
  ];
}

function ranOut(
  card: AnswerCard, { place, path }: UsedPath, { name, valid_until: last }: Knowledge, { today }: Known,
): readonly TemplateFinding[] {
  if (last === undefined || last >= today) return [];
  const what = neededFacts(card).includes(path) ? 'the card is not sent until it is renewed' : 'it proves nothing any more';
  return [warning(place, `knowledge.${name} ran out on ${last}: ${what}`)];
}

/** A copied fact must have a form that the engine can write. */
function misfit(
  { variables, languages }: AnswerCard, place: string, fact: Knowledge, deeper: readonly string[],
): readonly TemplateFinding[] {
  const variable = Object.entries(variables).find(([name]) => place === `variables.${name}.copy_of`)?.[1];
  if (!variable) return [];
  const { copy_of: path = '', format } = variable;
  const value = deeper.reduce<unknown>((held, step) => (
    typeof held === 'object' && held !== null && Object.hasOwn(held, step) ? Reflect.get(held, step) : undefined
  ), fact.value);
  if (format === undefined) {
    const isPlain = typeof value === 'string' || typeof value === 'number';
    return isPlain ? [] : [fault(place, `${path} is no text and no number: add a format, or name a part of it`)];
  }
  const facts = { knowledge: { [fact.name]: fact.value } };
  const isWritten = Object.keys(languages).every((language) => renderFact({ path, value, facts }, format, language));
  return isWritten ? [] : [fault(place, `${path} cannot be written as ${format}: see docs/templates.md for its forms`)];
}

function meant(name: string, { knowledge }: Known): string {
  const near = nearest(name, knowledge.map((one) => one.name));
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.entries(value).flat().flatMap(textsOf) : [];
}

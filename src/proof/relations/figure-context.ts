import { currencyOf } from '../claims/currencies';
import type { Ground } from '../evidence';
import { wordsOfKey } from '../fact-places';
import { tellingWords } from './concepts';

/** A word beside a fact, and how much it says of it. */
export type WeightedWord = readonly [word: string, weight: number];

/** Words of prose on each side of a figure, and characters in which they are looked for. */
const NEIGHBOURS = 5;
const REACH = 60;
/** Characters of a neighbouring value that may be a label. */
const LONGEST_LABEL = 60;
const MOST_LABEL_WORDS = 5;

/** Both facts stand in one list, so that labels tell them apart. */
export function areInOneList({ leaf: one }: Ground, { leaf: other }: Ground): boolean {
  const shape = (path: readonly string[]) => path.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.');
  return one.path.some((key) => /^\d+$/.test(key)) && shape(one.path) === shape(other.path);
}

/** Which words beside a fact count. */
export interface Counted {
  readonly labels: boolean;
  readonly neighbours: boolean;
}

/** What the place of a fact says of it: its keys, the labels beside it in its object, its neighbours in prose. */
export function contextOf(ground: Ground, counted: Counted): readonly WeightedWord[] {
  const { keys, labels, prose } = wordsBeside(ground);
  return [...keys, ...(counted.labels ? labels : []), ...(counted.neighbours ? prose : [])];
}

/** The fact stands among other words. */
export function isInProse({ text, start, end }: Ground): boolean {
  return end - start < text.length - 2;
}

interface WordsBeside {
  readonly keys: readonly WeightedWord[];
  readonly labels: readonly WeightedWord[];
  readonly prose: readonly WeightedWord[];
}

const remembered = new WeakMap<Ground, WordsBeside>();

function wordsBeside(ground: Ground): WordsBeside {
  const known = remembered.get(ground);
  if (known) return known;
  const { leaf } = ground;
  // `amount` and `value` say nothing: what their object is called does.
  const keys = leaf.path.filter((key) => !/^\d+$/.test(key) && tellingWords(wordsOfKey(key).join(' ')).length > 0);
  const own = tellingWords(wordsOfKey(keys.at(-1) ?? '').join(' '));
  const above = keys.slice(-4, -1).flatMap((key) => tellingWords(wordsOfKey(key).join(' ')));
  const unit = leaf.units.unit === undefined ? [] : [[leaf.units.unit, 1] as const];
  const weigh = (words: readonly string[], weight: number) => words.map((word) => [word, weight] as const);
  const made = {
    keys: [...weigh(own, 2), ...weigh(above, 1), ...unit],
    labels: weigh(labelsBeside(ground), 2),
    prose: weigh(neighbours(ground), 2),
  };
  remembered.set(ground, made);
  return made;
}

function labelsBeside({ leaf }: Ground): readonly string[] {
  if (Array.isArray(leaf.parent)) return [];
  return Object.entries(leaf.parent).flatMap(([key, value]) =>
    typeof value === 'string' && value !== leaf.value && isLabel(value) && !wordsOfKey(key).some((word) => WHY.test(word))
      ? tellingWords(value) : [],
  );
}

/** Fields that say why something is or how it stands, and not what it is. */
const WHY =
  /^(?:reason|cause|status|state|note|comment|grund|hinweis|motif|raison|remarque|motivo|razón|nota|reden|opmerking|powód|uwagi|orsak|anteckning|årsak|neden|причина|статус|комментарий)$/u;

/** A short text that names its object; currencies, codes and sentences do not. */
function isLabel(value: string): boolean {
  return (
    value.length <= LONGEST_LABEL &&
    !/[\d_/@]/.test(value) &&
    value.split(' ').length <= MOST_LABEL_WORDS &&
    currencyOf(value) === undefined
  );
}

/** Words around a figure in the same clause of a longer text. */
function neighbours(ground: Ground): readonly string[] {
  if (!isInProse(ground)) return [];
  const { text, start, end } = ground;
  const before =
    text
      .slice(Math.max(0, start - REACH), start)
      .split(/[.;!?\n,]|\b(?:and|or|but|then|und|et|y|e)\b/u)
      .at(-1) ?? '';
  const [after = ''] = text.slice(end, end + REACH).split(/[.;!?\n,]|\b(?:and|or|but|then|und|et|y|e)\b/u);
  return [...tellingWords(before).slice(-NEIGHBOURS), ...tellingWords(after).slice(0, NEIGHBOURS)];
}

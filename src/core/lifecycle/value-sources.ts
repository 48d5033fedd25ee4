import type { CompositionSnapshot } from './conversation';

/** Where a value came from: a fact, the model, the model's second try, the template, a person, or nowhere yet. */
export const VALUE_SOURCES = ['copied', 'written', 'repaired', 'fallback', 'person', 'unwritten'] as const;
export type ValueSource = (typeof VALUE_SOURCES)[number];

const SOURCES = { copied: 'copied', proved: 'written', repaired: 'repaired', fallback: 'fallback' } as const;

/** By variable, where its value came from; never the value. `edited` names the variables that a person wrote. */
export function valueSources(
  { verdicts, unwritten = [] }: Pick<CompositionSnapshot, 'verdicts' | 'unwritten'>,
  edited: readonly string[] = [],
): Array<{ readonly name: string; readonly source: ValueSource }> {
  const written = Object.entries(verdicts).map(([name, verdict]) => {
    const isPersons = verdict === 'proved' && edited.includes(name);
    return { name, source: isPersons ? ('person' as const) : SOURCES[verdict] };
  });
  return [...written, ...unwritten.map((name) => ({ name, source: 'unwritten' as const }))];
}

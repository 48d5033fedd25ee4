import type { FillRequest, FillResult } from '../../../src/core/ports/language-model';
import type { CHOICES } from './answer-plan';
import type { LIES } from './reply-plan';
import { readAs } from './simulated-reader';

type Values = Readonly<Record<string, string>>;

interface Chosen {
  readonly asks: string;
  readonly card: string | null;
  readonly values: Values;
}

const NOTHING: Chosen = { asks: 'none', card: null, values: {} };
const FAREWELL = 'I want none of your messages';

/** A model that is shown cards: it reads as it does without, and chooses as the words ask for, or wrongly. */
export function chooseAs(
  choice: (typeof CHOICES)[number],
  lie: (typeof LIES)[number],
  request: FillRequest,
): FillResult {
  const result = readAs(lie, request);
  if (result.outcome !== 'values') return result;
  const { messages, facts }: {
    readonly messages: readonly string[];
    readonly facts?: { readonly knowledge?: Values };
  } = JSON.parse(request.facts);
  const chosen = chooseFor(choice, messages, facts?.knowledge ?? {});
  const names = valueNames(request.schema);
  const values = Object.fromEntries(names.map((name) => [name, chosen.values[name] ?? null]));
  // A repair asks for values alone; most models think again.
  if (request.repair) {
    const again = choice === 'stubborn' ? chosen : chooseFor('honest', messages, facts?.knowledge ?? {});
    const repaired = Object.fromEntries(names.map((name) => [name, again.values[name] ?? null]));
    return { ...result, values: { values: repaired } };
  }
  // No model of this simulation overlooks a stop: what follows from one that does is not the engine's.
  const stop = messages.some((text) => text.includes(FAREWELL)) ? { stop: 'clear', stop_quote: FAREWELL } : {};
  const { asks, card } = chosen;
  return { ...result, values: { ...result.values, ...stop, asks, card, values } };
}

function chooseFor(choice: (typeof CHOICES)[number], messages: readonly string[], knowledge: Values): Chosen {
  const honest = honestly(messages.findLast((text) => text !== '') ?? '', knowledge);
  const paid = messages.map((text) => /£\d+/.exec(text)?.[0]).find((amount) => amount !== undefined);
  switch (choice) {
    case 'honest': return honest;
    case 'invented':
    case 'stubborn': return { ...honest, values: { hours: 'day and night', amount: '£90', wish: 'on Sunday' } };
    case 'theirs':
      return paid === undefined ? honest : { asks: 'none', card: 'journey', values: { amount: paid } };
    case 'no such card': return { ...honest, asks: 'none', card: 'promise' };
    case 'eager': return {
      asks: 'none', card: 'opening_hours', values: { hours: knowledge.opening_hours ?? 'always' },
    };
  }
}

function honestly(text: string, { opening_hours: hours = '', journey = '' }: Values): Chosen {
  if (/reach you|opening hours/.test(text)) return { asks: 'question', card: 'opening_hours', values: { hours } };
  if (text.includes('£')) return { ...NOTHING, asks: 'money' };
  if (text.includes('journey')) return { asks: 'question', card: 'journey', values: { amount: journey } };
  if (text.includes('not know yet')) return { ...NOTHING, card: 'ask_again' };
  if (text.includes('ring me')) return { ...NOTHING, card: 'call_back', values: { wish: 'Friday afternoon' } };
  return text.includes('?') ? { ...NOTHING, asks: 'question' } : NOTHING;
}

function valueNames(schema: FillRequest['schema']): readonly string[] {
  const { values }: { readonly values?: { readonly properties?: object } } = Object(schema.properties);
  return Object.keys(values?.properties ?? {});
}

import { lazyPattern } from '../claims/lazy-pattern';
import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import { agreement, tellingWords } from '../relations/concepts';
import type { FoundWords } from './find-promises';
import { beginningsIn } from './same-in-languages';

/** Words by which a fact is limited to some cases, some time or some amount. */
const LIMITS = lazyPattern(() => new RegExp(
  '(?<!\\p{L})(?:only|up to|except|unless|excluding|provided|subject to|by arrangement|by appointment|on request|if|'
    + 'until|for the first|within|not (?:on|in|for|during|at)|at least|at most|no more than|maximum|minimum|with proof|'
    + 'nur|bis zu|außer|sofern|höchstens|nach absprache|auf anfrage|mit nachweis|uniquement|seulement|sauf|jusqu\'à|'
    + 'à condition|sous réserve|sur demande|solo|sólo|hasta|excepto|salvo|siempre que|previa|fino a|tranne|purché|'
    + 'su richiesta|só|somente|apenas|até|exceto|desde que|mediante|alleen|enkel|behalve|mits|op afspraak|tylko|'
    + 'wyłącznie|oprócz|pod warunkiem|endast|bara|upp till|utom|förutsatt|kun|sadece|yalnızca|hariç|только|кроме|'
    + 'при условии)(?!\\p{L})|仅|只|除外|以内|のみ|だけ|限り|만|فقط',
  'iu',
));
/** What a clause says of something that has no limit. */
const UNLIMITED = lazyPattern(() => new RegExp(
  '(?<!\\p{L})(?:welcome|allowed|permitted|accepted|free|nothing|no (?:charge|cost|fee)|any ?time|always|all|every|any|'
    + 'unlimited|available|possible|as you (?:like|please)|can|may|willkommen|erlaubt|kostenlos|gratis|immer|jederzeit|'
    + 'alle|möglich|dürfen|können|bienvenus?|autorisés?|acceptés?|gratuite?s?|toujours|tous|toutes|possible|pouvez|'
    + 'bienvenid\\p{L}*|permitid\\p{L}*|admitid\\p{L}*|gratuit\\p{L}*|siempre|todos|todas|puede|benvenut\\p{L}*|'
    + 'ammess\\p{L}*|sempre|tutti|può|bem-vind\\p{L}*|pode|welkom|toegestaan|altijd|kunt|mag|mogą|można|zawsze|'
    + 'dozwolon\\p{L}*|välkomn\\p{L}*|tillåt\\p{L}*|alltid|får|kan)(?!\\p{L})|可以|都|歓迎|できます|無料|가능',
  'iu',
));
const CLAUSE = /[^.;!?,:\n]+/gu;
/** Characters of a fact that is a statement and no document. */
const LONGEST = 160;
/** How well a word names a field or belongs to its text. */
const AGREES = 0.8;

/** Clauses that allow without limit what a fact allows with one, none of whose words the whole text has. */
export function omissions(text: string, leaves: readonly Leaf[]): readonly FoundWords[] {
  return [...unlimited(text, leaves), ...wholeRefunds(text, leaves)];
}

/** Words by which all of something is meant. */
const WHOLE = lazyPattern(() => new RegExp(
  '(?<!\\p{L})(?:full|fully|whole|entire\\p{L}*|everything|ganze\\p{L}*|volle\\p{L}*|gesamte\\p{L}*|vollständig\\p{L}*|'
    + 'komplett\\p{L}*|intégral\\p{L}*|entier\\p{L}*|totalité|tout|todo|íntegr\\p{L}*|complet\\p{L}*|inter[oa]|tutt[oa]|'
    + 'volledig\\p{L}*|hele|heel|pełn\\p{L}*|cał\\p{L}*|hela|helt|fulde?|fullt|полн\\p{L}*|tamam\\p{L}*)(?!\\p{L})',
  'iu',
));

/** Sentences that say of a refund that it is whole, where a field says of what it is not. */
function wholeRefunds(text: string, leaves: readonly Leaf[]): readonly FoundWords[] {
  const isPartly = leaves.some(({ value, path }) => value === false && path.slice(-2).some(isRefund));
  if (!isPartly) return [];
  return [...text.matchAll(/[^.;!?\n]+/gu)].filter(([sentence]) => WHOLE().test(sentence) && isRefund(sentence))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function isRefund(words: string): boolean {
  return beginningsIn(wordsOfKey(words).join(' ')).some((beginnings) => beginnings.includes('refund'));
}

function unlimited(text: string, leaves: readonly Leaf[]): readonly FoundWords[] {
  const limited = leaves.filter(isLimited);
  if (limited.length === 0) return [];
  const said = tellingWords(text);
  const figures: readonly string[] = text.match(/\d+/g) ?? [];
  const unsaid = limited.filter(({ value, path }) => {
    const key = keyWords(path);
    const own = tellingWords(String(value)).filter((word) => !key.some((each) => agreement(each, word) >= AGREES));
    const isNamed = own.some((word) => word.length > 2 && said.some((each) => agreement(each, word) >= 1));
    return !isNamed && !(String(value).match(/\d+/g) ?? []).some((figure) => figures.includes(figure));
  });
  return unsaid.length === 0 ? [] : [...text.matchAll(CLAUSE)]
    .filter(([clause]) => UNLIMITED().test(clause) && !LIMITS().test(clause))
    .filter(([clause]) => unsaid.some((leaf) => isAbout(clause, leaf)))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function isLimited({ value, path }: Leaf): boolean {
  return typeof value === 'string' && path[0] !== 'template' && path[0] !== 'recipient_data' && value.length <= LONGEST
    && value.includes(' ') && LIMITS().test(value);
}

function keyWords(path: readonly string[]): readonly string[] {
  return tellingWords(wordsOfKey(path.filter((key) => !/^\d+$/.test(key)).at(-1) ?? '').join(' '));
}

function isAbout(clause: string, { path }: Leaf): boolean {
  const said = tellingWords(clause);
  return keyWords(path).some((key) => key.length > 2 && said.some((word) => agreement(word, key) >= AGREES));
}

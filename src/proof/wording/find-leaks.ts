import { lazyPattern } from '../claims/lazy-pattern';
import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import { tellingWords } from '../relations/concepts';
import { isName } from '../names/name-facts';
import type { FoundWords } from './find-promises';

/** Fields that hold what is nobody else's business. */
const PRIVATE = lazyPattern(() => new RegExp(
  '^(?:notes?|comments?|remarks?|diagnos\\p{L}*|health|medical|condition|allerg\\p{L}*|medication|illness|disabilit\\p{L}*|'
    + 'debts?|arrears|balance|salary|income|grade|mark|score|result|reason|religion|birth|birthday|dob|notiz|bemerkung|'
    + 'befund|gehalt|schulden|note|remarque|santé|salaire|nota|notas|salud|salario|sueldo|deuda|salute|stipendio|saúde|'
    + 'salário|opmerking|gezondheid|salaris|schuld|uwagi|zdrowie|anteckning|hälsa|not|sağlık|备注|健康|病)$',
  'iu',
));
const NAME_KEY = /name|^(?:guest|tenant|patient|pupil|student|child|passenger|employee|candidate|member|client)$/iu;

interface Person {
  readonly name: string;
  readonly secrets: readonly string[];
}

/** Sentences that name somebody who stands beside the recipient in a list, with what the list keeps of that person. */
export function leaks(text: string, leaves: readonly Leaf[], recipient: string): readonly FoundWords[] {
  const others = recipient === '' ? [] : othersIn(leaves, recipient);
  const strangers = namesOfOthers(leaves);
  if (others.length + strangers.length === 0) return [];
  return [...text.matchAll(/[^.;!?\n]+/gu)].filter(([sentence]) => {
    const said = new Set(tellingWords(sentence));
    return strangers.some((name) => sentence.includes(name))
      || others.some(({ name, secrets }) => sentence.includes(name) && secrets.some((word) => said.has(word)));
  }).map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

const OTHERS = new RegExp(
  '^(?:others?|andere[nrs]?|übrige|autres?|otr[oa]s?|altr[iaeo]|outr[oa]s?|overige|inn[eyai]|inni|andra|øvrige|diğer|'
    + 'другие|другой|інші)$',
  'u',
);
/** Beginnings of what people are called; without one `other_rooms` are things. */
const PEOPLE = new RegExp(
  '^(?:client|customer|patient|pupil|student|child|candidat|kandidat|applicant|guest|tenant|resident|member|passenger|'
    + 'employee|colleague|user|owner|holder|person|people|kunde|gast|gäste|schüler|bewerber|mieter|mitglied|inhaber|élève|'
    + 'voyageur|locataire|cliente|paciente|alumn|huésped|inquilin|ospit|alun|hóspede|hospede|klant|huurder|leerling|'
    + 'eigenaar|klient|pacjent|uczeń|gość|lokator|kund|elev|gäst|hyresgäst|müşteri|hasta|клиент|пациент|гост|учен|кандидат)',
  'u',
);
/** Shorter names are words as well. */
const SHORTEST = 4;

/** Names that stand below `other_clients` and nowhere else: whose message it is has nothing to do with them. */
function namesOfOthers(leaves: readonly Leaf[]): readonly string[] {
  const [theirs, rest] = [leaves.filter(isOfOthers), leaves.filter((leaf) => !isOfOthers(leaf))];
  if (theirs.length === 0) return [];
  const known = rest.map(({ value }) => (typeof value === 'string' ? value : '')).join('\n');
  return theirs.filter(isName).map(({ value }) => String(value))
    .filter((name) => name.length >= SHORTEST && !known.includes(name));
}

function isOfOthers({ path }: Leaf): boolean {
  const words = path.flatMap(wordsOfKey);
  return words.some((word) => OTHERS.test(word)) && words.some((word) => PEOPLE.test(word));
}

/** The people of a list that the recipient is in, too. */
function othersIn(leaves: readonly Leaf[], recipient: string): readonly Person[] {
  const named = leaves.filter(({ path, value }) => typeof value === 'string' && /^\d+$/.test(path.at(-2) ?? '')
    && NAME_KEY.test(path.at(-1) ?? ''));
  const listsOfRecipient = new Set(named.filter(({ value }) => value === recipient).map(({ path }) => listOf(path)));
  return named.filter(({ path, value }) => value !== recipient && listsOfRecipient.has(listOf(path)))
    .map(({ value, parent }) => ({ name: String(value), secrets: secretsOf(parent) }));
}

function listOf(path: readonly string[]): string {
  return path.slice(0, -2).join('.');
}

function secretsOf(entry: object): readonly string[] {
  return Object.entries(entry).flatMap(([key, value]) => {
    const isPrivate = wordsOfKey(key).some((word) => PRIVATE().test(word));
    return isPrivate && (typeof value === 'string' || typeof value === 'number') ? tellingWords(String(value)) : [];
  });
}

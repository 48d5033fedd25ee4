import { lazyPattern } from '../claims/lazy-pattern';
import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import { agreement, tellingWords } from '../relations/concepts';
import { tables } from '../words/tables';
import type { FoundWords } from './find-promises';

/** A question keeps its mark: it says nothing of what is. */
const CLAUSE = /[^.;!?,:\n]+\??/gu;
const CONJUNCTION = lazyPattern(
  () => /(?<!\p{L})(?:and|but|or|und|aber|et|mais|y|pero|e|ma|mas|en|maar|och|men|i|ale)(?!\p{L})/iu,
);

const NEGATION_SIGNS = 'n\'t(?!\\p{L})|لا|ليس|لم|غير|بدون|دون|不|没|未|无|無|ない|ません|なし|不要|안 |않|없|못|불|미';
const negations = new Map<string, RegExp>();

/** What denies in a language; of all languages where its words are not known. */
export function negationOf(language: string): RegExp {
  const [primary = ''] = language.toLowerCase().split('-');
  const known = negations.get(primary);
  if (known) return known;
  const { negations: byLanguage } = tables();
  const words = Object.hasOwn(byLanguage, primary) ? byLanguage[primary] : Object.values(byLanguage).join('|');
  const made = new RegExp(`${NEGATION_SIGNS}|(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu');
  if (negations.size >= 100) negations.clear();
  negations.set(primary, made);
  return made;
}
/** "Only by card" neither says nor denies that a card is taken. */
const RESTRICTION = lazyPattern(
  () =>
    /(?<!\p{L})(?:only|nur|lediglich|seulement|uniquement|solo|sólo|solamente|soltanto|apenas|só|somente|alleen|slechts|tylko|bara|endast|kun|sadece|yalnızca|только|лишь)(?!\p{L})/giu,
);
/** What is still to be done is not done: "à régler", "da pagare", "zu zahlen", "you can pay here". */
const TO_BE_DONE = lazyPattern(
  () =>
    /(?<!\p{L})(?:you can (?:pay|sign|return|confirm|send|book|register|upload|complete|reply)|still (?:to|needs?)|à (?:payer|régler|verser|signer|rendre|confirmer)|reste|por (?:pagar|firmar|confirmar)|pendientes?|da (?:pagare|saldare|firmare|confermare|versare)|a pagar|em falta|zu (?:zahlen|begleichen|unterschreiben|bestätigen)|te (?:betalen|ondertekenen|bevestigen)|do (?:zapłaty|podpisania|potwierdzenia)|att (?:betala|bekräfta)|pouvez|pouvons|können sie|kunt u|kan je|può|puoi|puede|puedes|pode|może|mogą|kan du|можете)(?!\p{L})/iu,
);

/** Requests and conditions say nothing of what is: "please sign the form", "once it is paid". */
const HEDGE = lazyPattern(
  () =>
    /(?<!\p{L})(?:please|due|by|no later than|spätestens|bis zum|au plus tard|a más tardar|entro|até|uiterlijk|najpóźniej|senast|betala|owed|payable|fällig|could you|can you|would you|if|once|when|before|until|unless|after|to be|need to|needs to|must|should|will|may|might|whether|forget\p{L}*|remember|vergeet|vergeten|vergessen|denk\p{L}*|n'oublie\p{L}*|oubli\p{L}*|olvid\p{L}*|dimentic\p{L}*|ricord\p{L}*|esque[cç]\p{L}*|lembr\p{L}*|recuerd\p{L}*|rappel\p{L}*|pamięta\p{L}*|zapomn\p{L}*|glöm\p{L}*|kom ihåg|unut\p{L}*|забу\p{L}*|помн\p{L}*|пам'ят\p{L}*|remind\p{L}*|bitte|wenn|falls|sobald|bevor|si|s'il|dès que|veuillez|merci de|cuando|por favor|caso|je nachdem|sollt\p{L}*|müss\p{L}*|muss|moet\p{L}*|devez|doit|faut|debe\p{L}*|deve\p{L}*|trzeba|należy|måste|se|quando|per favore|als|zodra|graag|alstublieft|jeśli|proszę|om|när|eğer|lütfen|если|пожалуйста|когда)(?!\p{L})|\?|请|如果|ください|もし/iu,
);

/** A request or a condition says nothing of what is. */
export function isHedged(clause: string): boolean {
  return HEDGE().test(clause) || TO_BE_DONE().test(clause);
}

/** The outcomes of the closed list that a text names. */
export function outcomesIn(text: string): readonly string[] {
  return outcomePatterns().filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
}

/** Clauses that say the opposite of a field that is true or false, or of a status. */
export function contradictions(text: string, leaves: readonly Leaf[], language: string): readonly FoundWords[] {
  const flags = leaves.filter(({ value }) => typeof value === 'boolean');
  const states = leaves.filter(isState);
  if (flags.length + states.length === 0) return [];
  const negation = negationOf(language);
  const opposes = (words: string) =>
    flags.some((flag) => opposesFlag(words, flag, flags, negation)) || opposesState(words, states, leaves, negation);
  // An address such as https://pay.example.com says nothing.
  const readable = text.replace(/https?:\/\/\S+/gu, (link) => ' '.repeat(link.length));
  return clausesOf(readable).filter(({ words }) => opposes(words));
}

interface Clause extends FoundWords {
  readonly words: string;
}

function clausesOf(text: string): readonly Clause[] {
  return [...text.matchAll(CLAUSE)].flatMap((match) => {
    const parts: Clause[] = [];
    let start = match.index;
    for (const part of match[0].split(CONJUNCTION())) {
      parts.push({ words: part, start, end: start + part.length });
      start = text.indexOf(part, start) + part.length;
    }
    return parts;
  });
}

/** A clause is about a field if it holds more than half of the words of its name. */
function opposesFlag(clause: string, flag: Leaf, all: readonly Leaf[], negation: RegExp): boolean {
  const names = tellingWords(wordsOfKey(flag.path.at(-1) ?? '').join(' ')).filter((word) => !FLAG_WORDS.has(word));
  const said = tellingWords(clause);
  const found = names.filter((name) => said.some((word) => agreement(word, name) >= 0.8));
  if (names.length === 0 || found.length * 2 <= names.length || isHedged(clause)) return false;
  if (!isAboutSubject(flag, said)) return false;
  // Entries of a list have the same field: only the one that is named is meant.
  const rivals = all.filter(
    (other) => other !== flag && other.path.at(-1) === flag.path.at(-1) && other.value !== flag.value,
  );
  if (rivals.length > 0 && !labelOf(flag).some((label) => said.some((word) => agreement(word, label) === 1))) {
    return false;
  }
  const isMissing = names.some((name) => MISSING.test(name));
  const plain = withoutNames(clause, names).replace(RESTRICTION(), ' ');
  const isDenied = negation.test(plain) || SWITCHED_OFF.test(plain);
  if (!isDenied && RESTRICTION().test(clause)) return false;
  return isDenied === (isMissing ? !flag.value : flag.value);
}

/** Words in a field's name behind which stands when or for what: `usable_during_freeze` is about what is usable. */
const CIRCUMSTANCE = /^(?:during|before|after|while|until|within|während|pendant|durante|tijdens|podczas|under)$/u;

/** A clause that repeats the circumstances alone is about something else. */
function isAboutSubject({ path }: Leaf, said: readonly string[]): boolean {
  const words = wordsOfKey(path.at(-1) ?? '');
  const at = words.findIndex((word) => CIRCUMSTANCE.test(word));
  if (at <= 0) return true;
  const subject = tellingWords([...words.slice(0, at), ...wordsOfKey(path.at(-2) ?? '')].join(' '));
  return subject.some((name) => said.some((word) => agreement(word, name) >= 0.8));
}

/** "Autopay is off" denies; "20 % off" does not. */
const SWITCHED_OFF = /\b(?:is|are|was|switched|turned) off\b/iu;

/** `food_cert_missing`: the field is true where something is not there. */
const MISSING = /^(?:missing|pending|outstanding|unpaid|overdue|lacking|absent|fehl\p{L}*|ausstehend|manquant|pendiente|faltante|mancante|falta\p{L}*|ontbreekt|brak\p{L}*|saknas|eksik)$/iu;

/** 無料 holds a sign of denial and denies nothing. */
function withoutNames(clause: string, names: readonly string[]): string {
  return names.filter((name) => /[\u3040-\uD7AF]/u.test(name)).reduce((rest, name) => rest.replaceAll(name, ''), clause);
}

const FLAG_WORDS = new Set([
  'is',
  'has',
  'can',
  'ok',
  'flag',
  'status',
  'customer',
  'user',
  'client',
  'possible',
  'allowed',
  'available',
]);

function labelOf({ parent }: Leaf): readonly string[] {
  return Object.values(parent).flatMap((value) =>
    typeof value === 'string' && value.length <= 40 ? tellingWords(value) : [],
  );
}

let outcomes: ReadonlyArray<readonly [name: string, pattern: RegExp]> | undefined;

function outcomePatterns(): ReadonlyArray<readonly [name: string, pattern: RegExp]> {
  return (outcomes ??= tables().outcomes.map(
    ([name, words]) => [name, new RegExp(`(?<!\\p{L}|in-?|un)(?:${words})(?!\\p{L})`, 'iu')] as const,
  ));
}

const STATE_KEY =
  /^(?:status|state|stage|decision|result|outcome|zustand|entscheidung|ergebnis|statut|état|estado|resultado|decisión|stato|esito|risultato|decisão|besluit|resultaat|stan|wynik|durum|sonuç|статус|результат|状态|狀態|結果|상태)$/iu;

function isState({ path, value }: Leaf): boolean {
  return (
    typeof value === 'string' &&
    value.length <= 60 &&
    wordsOfKey(path.at(-1) ?? '').some((word) => STATE_KEY.test(word))
  );
}

/** An outcome that no fact names, while a status names another. */
function opposesState(clause: string, states: readonly Leaf[], leaves: readonly Leaf[], negation: RegExp): boolean {
  if (states.length === 0 || isHedged(clause) || negation.test(clause)) return false;
  const said = outcomePatterns().filter(([, pattern]) => pattern.test(clause)).map(([name]) => name);
  return (
    said.some(
      (name) =>
        !leaves.some(({ path, value }) =>
          (typeof value === 'string' && !isNote(path) && has(name, value.replace(/[_-]/g, ' '))) ||
          (value !== false && isNamedBy(name, clause, path))),
    ) &&
    states.some(
      ({ value }) =>
        tables().outcomes.some(([name]) => !said.includes(name) && has(name, String(value).replace(/[_-]/g, ' '))) ||
        said.length > 0,
    )
  );
}

/** Letters in which a word and a field's name must agree from the beginning: `consegnate` and `consegna`. */
const SHARED_LETTERS = 6;

/** What somebody noted beside a status is no other status. */
const NOTE =
  /^(?:note|notes|comment|comments|remark|memo|internal|hinweis|notiz|bemerkung|kommentar|interner?|remarque|note|nota|notas|interno|interna|uwag\p{L}*|notatka|opmerking|notitie|intern|merknad|anteckning|not|комментарий|заметка|備考|备注|메모)$/iu;

function isNote(path: readonly string[]): boolean {
  return wordsOfKey(path.at(-1) ?? '').some((word) => NOTE.test(word));
}

/** A field is named after the outcome that the clause tells; one that is false says that it is not so. */
function isNamedBy(name: string, clause: string, path: readonly string[]): boolean {
  const pattern = outcomePatterns().find(([known]) => known === name)?.[1];
  const word = pattern?.exec(clause)?.[0].toLowerCase() ?? '';
  return path.some((key) =>
    wordsOfKey(key).some((part) =>
      pattern?.test(part) || (part.length >= SHARED_LETTERS && word.startsWith(part.slice(0, SHARED_LETTERS))),
    ),
  );
}

function has(name: string, text: string): boolean {
  return outcomePatterns().some(([known, pattern]) => known === name && pattern.test(text));
}

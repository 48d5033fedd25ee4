import { lazyPattern } from '../claims/lazy-pattern';
import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import { agreement, tellingWords } from '../relations/concepts';
import type { FoundWords } from './find-promises';

const CLAUSE = /[^.;!?,:\n]+/gu;
const CONJUNCTION = lazyPattern(
  () => /(?<!\p{L})(?:and|but|or|und|aber|et|mais|y|pero|e|ma|mas|en|maar|och|men|i|ale)(?!\p{L})/iu,
);

/** By language, because the words are others in the next one: Portuguese "no" is "in the". */
const NEGATIONS: Readonly<Record<string, string>> = {
  en:
    'not|no|never|none|nor|without|cannot|unable|lacks?|lacking|missing|yet ' +
    'to|pending|waiting|awaiting|await|open|outstanding|unpaid|unsigned|' +
    'closed|out of|neither|nothing|still|only|except|exclud\\p{L}*|extra|separate\\p{L}*',
  de: 'nicht|nichts|kein\\p{L}*|ohne|noch|nie|niemals|fehl\\p{L}*|offen|geschlossen|nur|außer|extra|zzgl|zuzüglich|exklusive|aussteh\\p{L}*|steht aus|unbezahlt|entfällt|verzichten',
  fr: "ne|n'|pas|sans|aucun\\p{L}*|jamais|non|hors|sauf|manque\\p{L}*|ni|rien|seulement|impayé\\p{L}*|inutile|exclu\\p{L}*",
  es: 'no|sin|ningún|ninguna|ninguno|nunca|falta\\p{L}*|pendiente\\p{L}*|ni|nada|aún|todavía|salvo|excepto|solo|sólo|tampoco|aparte',
  it: 'non|senza|mai|nessun\\p{L}*|manca\\p{L}*|né|nulla|niente|ancora|solo|esclus\\p{L}*|tranne',
  pt: 'não|sem|nenhum\\p{L}*|nunca|falta\\p{L}*|nem|nada|ainda|só|somente|exceto|pendente\\p{L}*|dispensad\\p{L}*',
  nl: 'niet|niets|geen|zonder|nooit|nog|ontbre\\p{L}*|alleen|behalve|exclusief|open',
  pl: 'nie|bez|brak\\p{L}*|nigdy|żadn\\p{L}*|ani|nic|jeszcze|tylko|oprócz|nie\\p{L}+',
  sv: 'inte|ej|ingen|inga|inget|utan|aldrig|saknas|ännu|endast|bara|utom|o\\p{L}+',
  da: 'ikke|ej|ingen|intet|uden|aldrig|mangler|kun',
  nb: 'ikke|ei|ingen|intet|uten|aldri|mangler|kun',
  tr: 'değil\\p{L}*|yok|hiç|olmadan|henüz|sadece|hariç|\\p{L}+(?:m[ae]d[ıiuü]|m[ae]z|m[ıiuü]yor|m[ae]y?[ae]ca[kğ]|m[ae]m[ıiuü]ş|m[ae]m[ae]kt|s[ıiuü]z)\\p{L}*',
  ru: 'не|нет|без|нельзя|никогда|ни|никак\\p{L}*|ещё|еще|только|кроме|отсутств\\p{L}*|не\\p{L}{3,}',
  uk: 'не|немає|нема|без|ні|ніколи|ще|тільки|лише|крім|відсутн\\p{L}*|не\\p{L}{3,}',
};
const NEGATION_SIGNS = 'n\'t(?!\\p{L})|لا|ليس|لم|غير|بدون|دون|不|没|未|无|無|ない|ません|なし|不要|안 |않|없|못|불|미';
const negations = new Map<string, RegExp>();

/** What denies in a language; of all languages where its words are not known. */
export function negationOf(language: string): RegExp {
  const [primary = ''] = language.toLowerCase().split('-');
  const known = negations.get(primary);
  if (known) return known;
  const words = Object.hasOwn(NEGATIONS, primary) ? NEGATIONS[primary] : Object.values(NEGATIONS).join('|');
  const made = new RegExp(`${NEGATION_SIGNS}|(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu');
  if (negations.size >= 100) negations.clear();
  negations.set(primary, made);
  return made;
}
/** Requests and conditions say nothing of what is: "please sign the form", "once it is paid". */
const HEDGE = lazyPattern(
  () =>
    /(?<!\p{L})(?:please|due|by|no later than|spätestens|bis zum|au plus tard|a más tardar|entro|até|uiterlijk|najpóźniej|senast|betala|owed|payable|fällig|could you|can you|would you|if|once|when|before|until|unless|after|to be|need to|needs to|must|should|will|may|might|whether|forget\p{L}*|remember|vergeet|vergeten|vergessen|denk\p{L}*|n'oublie\p{L}*|oubli\p{L}*|olvid\p{L}*|dimentic\p{L}*|ricord\p{L}*|esque[cç]\p{L}*|lembr\p{L}*|recuerd\p{L}*|rappel\p{L}*|pamięta\p{L}*|zapomn\p{L}*|glöm\p{L}*|kom ihåg|unut\p{L}*|забу\p{L}*|помн\p{L}*|пам'ят\p{L}*|remind\p{L}*|bitte|wenn|falls|sobald|bevor|si|s'il|dès que|veuillez|merci de|cuando|por favor|caso|je nachdem|sollt\p{L}*|müss\p{L}*|muss|moet\p{L}*|devez|doit|faut|debe\p{L}*|deve\p{L}*|trzeba|należy|måste|se|quando|per favore|als|zodra|graag|alstublieft|jeśli|proszę|om|när|eğer|lütfen|если|пожалуйста|когда)(?!\p{L})|\?|请|如果|ください|もし/iu,
);

/** A request or a condition says nothing of what is. */
export function isHedged(clause: string): boolean {
  return HEDGE().test(clause);
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
  return clausesOf(text).filter(({ words }) => opposes(words));
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
  if (names.length === 0 || found.length * 2 <= names.length || HEDGE().test(clause)) return false;
  // Entries of a list have the same field: only the one that is named is meant.
  const rivals = all.filter(
    (other) => other !== flag && other.path.at(-1) === flag.path.at(-1) && other.value !== flag.value,
  );
  if (rivals.length > 0 && !labelOf(flag).some((label) => said.some((word) => agreement(word, label) === 1))) {
    return false;
  }
  return negation.test(withoutNames(clause, names)) === flag.value;
}

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

/** Outcomes that exclude each other, as participles in several languages. */
const OUTCOMES: ReadonlyArray<readonly [name: string, words: string]> = [
  [
    'granted',
    'approved|granted|accepted|genehmigt\\p{L}*|bewilligt\\p{L}*|angenommen\\p{L}*|accepté\\p{L}*|approuvé\\p{L}*|accordé\\p{L}*|aprobad\\p{L}*|aceptad\\p{L}*|concedid\\p{L}*|approvat\\p{L}*|accettat\\p{L}*|aprovad\\p{L}*|aceite|goedgekeurd|toegekend|zatwierdzon\\p{L}*|przyznan\\p{L}*|godkän\\p{L}*|beviljad?|onayla\\p{L}*|одобрен\\p{L}*|批准|通过|承認|승인',
  ],
  [
    'refused',
    'declined|rejected|refused|denied|turned ' +
      'down|abgelehnt\\p{L}*|refusé\\p{L}*|rejeté\\p{L}*|rechazad\\p{L}*|denegad\\p{L}*|respint\\p{L}*|rifiutat\\p{L}*|recusad\\p{L}*|rejeitad\\p{L}*|afgewezen|geweigerd|odrzucon\\p{L}*|avslagen|avslag\\p{L}*|reddedil\\p{L}*|отклон\\p{L}*|拒绝|却下|거절',
  ],
  [
    'cancelled',
    'cancell?ed|called ' +
      'off|storniert\\p{L}*|abgesagt\\p{L}*|annulé\\p{L}*|cancelad\\p{L}*|anulad\\p{L}*|annullat\\p{L}*|cancellat\\p{L}*|geannuleerd|anulowan\\p{L}*|inställd?|avbok\\p{L}*|iptal edil\\p{L}*|отмен[её]н\\p{L}*|取消|キャンセル|취소',
  ],
  [
    'delivered',
    'delivered|geliefert|zugestellt|livré\\p{L}*|entregad\\p{L}*|consegnat\\p{L}*|entregue\\p{L}*|bezorgd|geleverd|dostarczon\\p{L}*|levererad?|leverats|teslim edil\\p{L}*|доставлен\\p{L}*|已送达|送达|配達済み|배송 완료',
  ],
  [
    'done',
    'solved|resolved|fixed|completed|finished|closed|repaired|gelöst|erledigt|abgeschlossen|repariert|résolu\\p{L}*|terminé\\p{L}*|resuelt\\p{L}*|completad\\p{L}*|risolt\\p{L}*|completat\\p{L}*|resolvid\\p{L}*|concluíd\\p{L}*|opgelost|afgerond|rozwiązan\\p{L}*|zakończon\\p{L}*|löst|klar|çözül\\p{L}*|решен\\p{L}*',
  ],
  [
    'shipped',
    'shipped|dispatched|on its ' +
      'way|versandt|verschickt|expédié\\p{L}*|enviad\\p{L}*|spedit\\p{L}*|verzonden|wysłan\\p{L}*|skickad?|skickats|gönderil\\p{L}*|отправлен\\p{L}*',
  ],
  [
    'pending',
    'pending|under review|in progress|in review|being (?:checked|reviewed|processed)|awaiting|waiting|in ' +
      'bearbeitung|ausstehend|en cours|en attente|pendiente|in corso|in attesa|em análise|pendente|in ' +
      'behandeling|w trakcie|behandlas|beklemede|рассмотрен\\p{L}*|处理中|審査中|검토',
  ],
  [
    'blocked',
    'blocked|suspended|locked|frozen|gesperrt|bloqué\\p{L}*|bloquead\\p{L}*|bloccat\\p{L}*|geblokkeerd|zablokowan\\p{L}*|spärrad?|заблокирован\\p{L}*',
  ],
  ['working', 'works again|working again|unblocked|active again|is active|unlocked|wieder aktiv|entsperrt'],
  ['negative', 'negative|negativ\\p{L}*|négatif|отрицательн\\p{L}*'],
  ['positive', 'positive|positiv\\p{L}*|positif|положительн\\p{L}*'],
];
let outcomes: ReadonlyArray<readonly [name: string, pattern: RegExp]> | undefined;

function outcomePatterns(): ReadonlyArray<readonly [name: string, pattern: RegExp]> {
  return (outcomes ??= OUTCOMES.map(
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
  if (states.length === 0 || HEDGE().test(clause) || negation.test(clause)) return false;
  const said = outcomePatterns().filter(([, pattern]) => pattern.test(clause)).map(([name]) => name);
  return (
    said.some(
      (name) => !leaves.some(({ value }) => typeof value === 'string' && has(name, value.replace(/[_-]/g, ' '))),
    ) &&
    states.some(
      ({ value }) =>
        OUTCOMES.some(([name]) => !said.includes(name) && has(name, String(value).replace(/[_-]/g, ' '))) ||
        said.length > 0,
    )
  );
}

function has(name: string, text: string): boolean {
  return outcomePatterns().some(([known, pattern]) => known === name && pattern.test(text));
}

import { wordsOfKey } from '../fact-places';
import { agreement, tellingWords } from '../relations/concepts';
import { isHedged, negationOf, outcomesIn } from '../wording/find-contradictions';
import type { CitedLeaf } from './cited-leaves';
import { clausesOf } from './clauses';

/** Words that deny by themselves, beside the negations of each language. */
const DENIALS = new RegExp(
  '(?<!\\p{L})(?:un\\p{L}{4,}|in(?:active|valid|correct|complete)|non[- ' +
    ']?\\p{L}+|\\p{L}{3,}(?:less|los(?:e[nrs]?)?|frei(?:e[nrs]?)?)|' +
    'declin\\p{L}*|refus\\p{L}*|reject\\p{L}*|den(?:y|ies|ied)|cancel\\p{L}*|fail\\p{L}*|expir\\p{L}*|suspend\\p{L}*|sold out|forbid\\p{L}*|' +
    'prohibit\\p{L}*|owed?|due|overdue|arrears|abgelehnt|abgesagt|abgelaufen|ausgebucht|gesperrt|verboten|untersagt|fällig|' +
    'refusée?s?|annulée?s?|interdite?s?|complet|fermée?s?|rechazad\\p{L}*|cancelad\\p{L}*|prohibid\\p{L}*|cerrad\\p{L}*|agotad\\p{L}*|' +
    'rifiutat\\p{L}*|annullat\\p{L}*|vietat\\p{L}*|chius\\p{L}*|recusad\\p{L}*|proibid\\p{L}*|fechad\\p{L}*|afgewezen|geannuleerd|verboden|' +
    'gesloten|odrzucon\\p{L}*|odwołan\\p{L}*|zabronion\\p{L}*|zamknięt\\p{L}*|avslagen|inställd|förbjud\\p{L}*|stängt?|отказ\\p{L}*|' +
    'отклон\\p{L}*|отмен\\p{L}*|запрещ\\p{L}*|закрыт\\p{L}*|просроч\\p{L}*|kapalı|yasak\\p{L}*|iptal\\p{L}*|redded\\p{L}*)(?!\\p{L})|拒|取消|禁|关闭|満|却下|거절|취소|금지|مرفوض|ملغ|ممنوع',
  'iu',
);
/** Negations that turn a sentence round; "only" and "still" do so to a field's name, and not to a sentence. */
export const NEGATION = new RegExp(
  '(?<!\\p{L})(?:not|no|never|none|nor|neither|without|cannot|unable|nicht|kein\\p{L}*|nie|niemals|ohne|ne|pas|jamais|aucune?|sans|ningun\\p{L}*|ningún|' +
    'nunca|sin|tampoco|non|mai|senza|nessun\\p{L}*|não|nenhum\\p{L}*|sem|niet|geen|nooit|zonder|nie|nigdy|bez|inte|ingen|inga|aldrig|utan|ikke|uden|' +
    "değil|yok|не|нет|нельзя|никогда|без|немає)(?!\\p{L})|n't(?!\\p{L})|不|没|未|无|無|ない|ません|않|없|못|لا|ليس|لم|غير",
  'iu',
);

/**
 * True if a cited fact is turned round: a field that is false said as true, a refusal as consent, a denial as a
 * statement.
 */
export function isReversed(value: string, cited: readonly CitedLeaf[], language: string): boolean {
  return cited.some((leaf) =>
    typeof leaf.value === 'boolean'
      ? turnsFlag(value, leaf, language)
      : turnsOutcome(value, leaf, language) || turnsProse(value, leaf),
  );
}

function denies(clause: string, language: string): boolean {
  return negationOf(language).test(clause) || DENIALS.test(clause);
}

/** Without a clause that has the field's words, a value that denies nothing does not say that a field is false. */
function turnsFlag(value: string, { path, value: flag }: CitedLeaf, language: string): boolean {
  const names = tellingWords(wordsOfKey(path.at(-1) ?? '').join(' '));
  const near = clausesOf(value).filter(
    ({ words }) => overlap(names, tellingWords(words)) * 2 >= Math.max(1, names.length),
  );
  if (isHedged(value)) return false;
  if (flag === false) {
    return near.length > 0
      ? !near.some(({ words }) => denies(words, language)) && !isOneDenial(value, near.length, language)
      : !denies(value, language);
  }
  return near.length > 0 && near.every(({ words }) => NEGATION.test(words));
}

/** "We have no parking, lift or garden": the denial stands in another clause of the same list. */
function isOneDenial(value: string, clauses: number, language: string): boolean {
  return clauses > 0 && !/[.;!?]/.test(value.trim().slice(0, -1)) && denies(value, language);
}

/** The cited words name one outcome, and the value another one. */
function turnsOutcome(value: string, { quote }: CitedLeaf, language: string): boolean {
  const facts = outcomesIn(quote.replace(/[_-]/g, ' '));
  if (facts.length === 0) return false;
  return clausesOf(value).some(({ words }) => {
    const said = outcomesIn(words);
    if (said.length === 0 || isHedged(words)) return false;
    const agrees = said.some((outcome) => facts.includes(outcome));
    return agrees ? NEGATION.test(words) && !negationOf(language).test(quote) : !NEGATION.test(words);
  });
}

/** Share of a clause's words that the other has, from which both say the same. */
const SAME = 0.6;
const FEWEST_WORDS = 2;
/** Words of a clause from which it is a statement. */
const SHORTEST_SENTENCE = 4;

/** A denial in the cited prose becomes a statement, or the other way round. */
function turnsProse(value: string, { value: fact, quote }: CitedLeaf): boolean {
  if (typeof fact !== 'string') return false;
  // A name says nothing that could be denied.
  const clauses = clausesOf(fact).filter(({ words }) => (words.match(/\p{L}+/gu) ?? []).length >= SHORTEST_SENTENCE);
  const at = fact.indexOf(quote);
  const quoted = at === -1 ? clauses : clauses.filter(({ start, end }) => start < at + quote.length && end > at);
  return clausesOf(value).some(({ words }) => {
    const own = tellingWords(words);
    const same = quoted.filter((clause) => isSameStatement(own, tellingWords(clause.words)));
    return (
      same.length > 0 &&
      !isHedged(words) &&
      same.every(
        (clause) =>
          NEGATION.test(clause.words) !== NEGATION.test(words) && !DENIALS.test(clause.words) && !DENIALS.test(words),
      )
    );
  });
}

function isSameStatement(one: readonly string[], other: readonly string[]): boolean {
  const shared = overlap(one, other);
  return shared >= FEWEST_WORDS && shared >= SAME * Math.min(one.length, other.length);
}

function overlap(one: readonly string[], other: readonly string[]): number {
  return one.filter((word) => other.some((each) => agreement(word, each) >= 0.8)).length;
}

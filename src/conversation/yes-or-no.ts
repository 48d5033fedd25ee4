import { foldText } from '../proof/claims/folded-text';

const words = (list: string) => new Set(list.split(' '));

/** Said alone or within a few words, in the languages in which stops are understood. */
const YES = words(
  'yes yeah yep yup sure absolutely definitely correct certainly ja jawohl klar genau oui ouais sí si claro sim sì certo '
  + 'tak evet да так はい 是 是的 对 네 예 نعم हाँ हां',
);
const NO = words('no nope nah never nein non nee não nao nie nej hayır hayir нет ні いいえ 不是 没有 아니요 아니오 لا नहीं');

/** Words of one language that mean something else in another: German "da", Dutch "nu". */
const OWN: Readonly<Record<string, { readonly yes: ReadonlySet<string>; readonly no: ReadonlySet<string> }>> = {
  ro: { yes: words('da sigur desigur'), no: words('nu') },
};

/** "No problem" agrees. */
const AGREES =
  /(?<!\p{L})(?:no (?:problem|worries|doubt|idea|clue)|kein problem|pas de problème|no hay problema|nessun problema|sem problema|geen probleem|nicio problemă|sorun değil|لا مشكلة)(?!\p{L})/u;

/** Who is not sure has not answered. */
const DOUBTS =
  /(?<!\p{L})(?:not sure|unsure|don't know|dont know|do not know|maybe|perhaps|depends|weiß nicht|weiß es nicht|vielleicht|peut-être|sais pas|no sé|quizás|quizá|tal vez|forse|non so|talvez|não sei|misschien|weet niet|może|nie wiem|kanske|vet inte|belki|bilmiyorum|emin değilim|poate|nu știu|nu sunt sigur|может быть|не знаю|و?ربما|لا أعرف)(?!\p{L})/u;

/** The words leave open whether they answer. */
export function isDoubtful(text: string): boolean {
  return DOUBTS.test(foldText(text).toLowerCase());
}

/**
 * True for yes, false for no; undefined where a quote says neither, both, or turns one of them round. `languages` are
 * BCP 47 tags by which it is read beside the words that mean the same in every language.
 */
export function readYesOrNo(quote: string, languages: readonly string[] = []): boolean | undefined {
  const said = foldText(quote).toLowerCase();
  if (AGREES.test(said) || DOUBTS.test(said)) return undefined;
  // Arabic writes "and" as part of the word behind it.
  const spoken = (said.match(/[\p{L}\p{M}]+/gu) ?? []).flatMap((word) => [word, word.replace(/^و(?=نعم$|لا$)/u, '')]);
  const own = languages.flatMap((language) => OWN[language.split('-')[0]?.toLowerCase() ?? ''] ?? []);
  const isYes = spoken.some((word) => YES.has(word) || own.some(({ yes }) => yes.has(word)));
  const isNo = spoken.some((word) => NO.has(word) || own.some(({ no }) => no.has(word)));
  if (isYes === isNo) return undefined;
  // "Not yes", "yes, but not …": a denial beside the word leaves it open.
  if (isYes && /(?<!\p{L})(?:not|nicht|pas|niet|inte|не)(?!\p{L})|n't(?!\p{L})/u.test(said)) return undefined;
  return isYes;
}

import { foldText } from '../proof/claims/folded-text';

const words = (list: string) => new Set(list.split(' '));

/** Said alone or within a few words, in the languages in which stops are understood. */
const YES = words(
  'yes yeah yep yup sure absolutely definitely correct certainly ja jawohl klar genau oui ouais sí si claro sim sì certo '
  + 'tak evet да так はい 是 是的 对 네 예 نعم हाँ हां',
);
const NO = words('no nope nah never nein non nee não nao nie nej hayır hayir нет ні いいえ 不是 没有 아니요 아니오 لا नहीं');

/** Neither: "no problem" agrees, and who is not sure has not answered. */
const NEITHER =
  /(?<!\p{L})(?:no (?:problem|worries|doubt|idea|clue)|not sure|unsure|don't know|dont know|do not know|maybe|perhaps|depends|kein problem|weiß nicht|vielleicht|pas de problème|peut-être|sais pas|no sé|quizás|tal vez|no hay problema|forse|non so|nessun problema|talvez|não sei|sem problema|misschien|geen probleem|weet niet|może|nie wiem|kanske|vet inte|belki|bilmiyorum|может быть|не знаю)(?!\p{L})/u;

/** True for yes, false for no; undefined where a quote says neither, both, or turns one of them round. */
export function readYesOrNo(quote: string): boolean | undefined {
  const said = foldText(quote).toLowerCase();
  if (NEITHER.test(said)) return undefined;
  const spoken = said.match(/[\p{L}\p{M}]+/gu) ?? [];
  const isYes = spoken.some((word) => YES.has(word));
  const isNo = spoken.some((word) => NO.has(word));
  if (isYes === isNo) return undefined;
  // "Not yes", "yes, but not …": a denial beside the word leaves it open.
  if (isYes && /(?<!\p{L})(?:not|nicht|pas|niet|inte|не)(?!\p{L})|n't(?!\p{L})/u.test(said)) return undefined;
  return isYes;
}

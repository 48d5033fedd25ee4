import { lazyPattern } from '../claims/lazy-pattern';
import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import { tellingWords } from '../relations/concepts';
import type { FoundWords } from './find-promises';

/** Fields that hold what strangers write. */
const STRANGERS = lazyPattern(() => new RegExp(
  '^(?:reviews?|comments?|feedback|testimonials?|remarks?|posts?|bio|cv|resume|letter|message|inquiry|enquiry|bewertung|'
    + 'kommentar|rezension|nachricht|anschreiben|avis|commentaire|reseña|comentario|opinión|recensione|commento|'
    + 'avaliação|comentário|beoordeling|opmerking|opinia|komentarz|recension|yorum|отзыв|комментарий|评论|評論|口コミ)$',
  'iu',
));
/** Words by which such a text tells somebody what to write to others. */
const ORDERS = lazyPattern(() => new RegExp(
  '(?<!\\p{L})(?:(?:say|write|state|mention|claim|announce) (?:that|to)|(?:tell|ask|inform|instruct|make|let) '
    + '(?:people|them|everyone|everybody|customers|buyers|guests|visitors|users|clients|candidates|readers|patients|'
    + 'tenants|recipients|the (?:customer|reader|recipient|candidate))|(?:note|message|memo) (?:for|to) (?:whoever|the|'
    + 'any|all)|sag(?:e|t)? (?:den|allen)|dites|diga|dile|digan|dica|di\' a|zeg|powiedz|säg|söyle|скажи\\p{L}*)(?!\\p{L})|告诉|伝えて',
  'iu',
));
/** Words that a value and such a text share, and no other fact has, before it counts as repeating it. */
const FEWEST = 2;

/** A value that says what only a stranger's text wants said. */
export function hearsay(text: string, leaves: readonly Leaf[]): readonly FoundWords[] {
  const told = leaves.filter(isOrder);
  if (told.length === 0) return [];
  const elsewhere = new Set(leaves.filter((leaf) => !told.includes(leaf)).flatMap(({ path, value }) =>
    [...path.flatMap(wordsOfKey), ...(typeof value === 'string' ? tellingWords(value) : [])]));
  const only = new Set(
    told.flatMap(({ value }) => tellingWords(String(value))).filter((word) => word.length > 3 && !elsewhere.has(word)),
  );
  return [...text.matchAll(/[^.;!?\n]+/gu)]
    .filter(([sentence]) => new Set(tellingWords(sentence).filter((word) => only.has(word))).size >= FEWEST)
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function isOrder({ path, value }: Leaf): boolean {
  return typeof value === 'string' && path.some((key) => wordsOfKey(key).some((word) => STRANGERS().test(word)))
    && ORDERS().test(value);
}

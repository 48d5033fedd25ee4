/**
 * Characters that move the cursor, change the terminal or the direction of text, or cannot be seen. Text of recipients,
 * companies and vendors may hold them: shown as they are they could clear or forge the operator's screen.
 */
const UNSEEN = new RegExp([
  '[\\u0000-\\u001f\\u007f-\\u009f]', // C0, DEL and C1
  '[\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\ufeff]', // invisible, and marks of direction
  '[\\u2028-\\u202e\\u2060-\\u206f\\ufff9-\\ufffb]', // separators, embeddings, isolates, annotations
  '[\\u{e0000}-\\u{e007f}]', // tags
  '\\p{Cs}', // half a character
].join('|'), 'gu');

/** One line of text with such characters written as escapes. A line break within it is one of them. */
export function visibleLine(text: string): string {
  return text.replace(UNSEEN, escape);
}

/** JSON that says the same: whatever JSON itself leaves as it is, is escaped as JSON allows. */
export function visibleJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2) ?? 'null';
  return text.replace(UNSEEN, (character) => (character === '\n' ? character : escape(character)));
}

/** Several lines; only their own breaks stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleLine).join('\n');
}

function escape(character: string): string {
  const units = Array.from({ length: character.length }, (_unit, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

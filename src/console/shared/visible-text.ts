/**
 * Characters that change how others are shown, or that nobody sees: codes of terminals, marks of direction, fillers.
 * Line breaks and tabs stay what they are.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** A text of others, with each unseen character as its number: a reviewer decides about what is there. */
export function visibleText(text: string): string {
  return text.replace(
    UNSEEN,
    (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** What a person still has to fill in stands so in the words of a card. */
const GAP = /\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g;

/** Names that stand in a text for what nobody has filled in yet: they may not go out. */
export function gapsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(GAP)].map(([, name = '']) => name))];
}

/** The words of a card behind what was written already. */
export function withCard(text: string, card: string): string {
  return text.trim() === '' ? card : `${text.trimEnd()}\n\n${card}`;
}

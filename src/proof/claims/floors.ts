import { tables } from '../words/tables';
import type { SpannedText } from './folded-text';
import { replaceSpanned } from './folded-text';
import { LETTER } from './word-boundary';

const patterns = new Map<string, RegExp | undefined>();

/** Writes the number of a floor as digits: `im dritten Stock`, `al secondo piano`. */
export function writeFloors(text: SpannedText, language: string): SpannedText {
  const pattern = patternOf(language);
  return pattern ? replaceSpanned(text, pattern, ({ groups = {} }) => {
    const at = Object.entries(groups).find(([, word]) => word !== undefined)?.[0].slice('floor'.length);
    return at;
  }) : text;
}

function patternOf(language: string): RegExp | undefined {
  if (patterns.has(language)) return patterns.get(language);
  const { floors } = tables();
  const words = Object.hasOwn(floors, language) ? floors[language] : undefined;
  const made = words && compile(words);
  patterns.set(language, made);
  return made;
}

function compile([ordinals, floors]: readonly [string, string]): RegExp {
  const numbered = ordinals.split(/ (?!\?)/).map((word, index) => `(?<floor${index + 1}>${word})`).join('|');
  return new RegExp(`(?<!${LETTER})(?:${numbered})(?= (?:${floors})(?!${LETTER}))`, 'giu');
}

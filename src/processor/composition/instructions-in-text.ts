import { foldText } from './grounding/folded-text';

const IGNORE = '(?:ignor\\p{L}*|disregard\\p{L}*|forget\\p{L}*|overrid\\p{L}*|bypass\\p{L}*|vergiss|missachte|oubli\\p{L}*|olvid\\p{L}*|dimentic\\p{L}*|negeer|esque[cç]\\p{L}*)';
const EARLIER = '(?:above|previous|prior|preceding|foregoing|earlier|everything|obige\\p{L}*|vorherige\\p{L}*|bisherige\\p{L}*|pr[eé]c[eé]dent\\p{L}*|anterior\\p{L}*|sopra|ci-dessus|voorgaande)';
const ORDERS =
  '(?:instructions?|prompts?|system messages?|anweisung\\p{L}*|vorgaben|instruktion\\p{L}*|consignes|instrucci\\p{L}*|instru[cç]\\p{L}*|istruzion\\p{L}*|instructies)';
const UP_TO_FIVE_WORDS = '(?:[^\\p{L}\\n]+\\p{L}+){0,5}?[^\\p{L}\\n]+';

/** Phrases by which text tries to become an instruction. Closed and incomplete by nature: the proof of values does not rely on it. */
const INSTRUCTIONS: readonly RegExp[] = [
  new RegExp(`(?<!\\p{L})${IGNORE}(?:[^\\p{L}\\n]+(?:the|all|any|of|my|your|these|those|das|die|alle|les|las|le)){0,3}[^\\p{L}\\n]+${EARLIER}(?!\\p{L})`, 'iu'),
  new RegExp(`(?<!\\p{L})${IGNORE}${UP_TO_FIVE_WORDS}${ORDERS}(?!\\p{L})`, 'iu'),
  new RegExp(`(?<!\\p{L})${IGNORE} (?:all|any|every|your|these|those|my)(?: \\p{L}+){0,2} (?:rules?|guidelines?|directions|directives?|templates?)(?!\\p{L})`, 'iu'),
  /(?<!\p{L})(?:system|developer|hidden|initial)[ _-]*prompts?(?!\p{L})/iu,
  /(?<!\p{L})(?:new|updated|additional|real|actual) (?:system )?instructions? ?[:-]/iu,
  /(?<!\p{L})(?:you are|you're|act as|pretend to be|behave as)(?: now| from now on)? (?:an? |the )?(?:ai|assistant|language model|llm|chat ?bot|chatgpt|gpt|dan)(?!\p{L})/iu,
  /(?<!\p{L})as an? (?:ai|language model|large language model|llm)(?!\p{L})/iu,
  /(?<!\p{L})(?:do anything now|jailbreak\p{L}*|prompt injection|developer mode)(?!\p{L})/iu,
  /(?<!\p{L})(?:respond|reply|answer|output) (?:only |exactly )?with(?: only| exactly)? (?:the following|this|json)(?!\p{L})/iu,
  // "Assistant: 2019 to 2021" is a line of a CV; in small letters it is a marker of roles.
  /(?:^|\n)[ \t>#*[(<]*system[ \t]*[\])>]*[ \t]*:/iu,
  /(?:^|\n)[ \t]*(?:assistant|developer|user):/u,
  /<\|[^|\n]{0,40}\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant|developer|instructions?|facts?|user)>/iu,
  /(?:^|\n) {0,3}#{2,} ?(?:instructions?|system|prompt|task|rules?)(?!\p{L})/iu,
];

/** The commonest phrases, found although letters are spaced out or separated. */
const SPACED_OUT = /(?:ignore|disregard|forget)(?:the|all|any|your|my)*(?:above|previous|prior|earlier|preceding)|ignoreallinstructions|ignoretheinstructions/;

/** The text tries to instruct instead of saying something. */
export function hasInstructions(text: string): boolean {
  const folded = foldText(text).replace(/ {2,}/g, ' ');
  return INSTRUCTIONS.some((pattern) => pattern.test(folded)) || SPACED_OUT.test(folded.toLowerCase().replace(/[^a-z]+/g, ''));
}

/** Words in a row that are too many to be the same by chance. */
const PHRASE_WORDS = 5;

/** Every run of five words, folded; all of a shorter text. */
export function phrasesOf(text: string): readonly string[] {
  const words = foldText(text).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < PHRASE_WORDS) return words.length === 0 ? [] : [words.join(' ')];
  return words.slice(PHRASE_WORDS - 1).map((_, index) => words.slice(index, index + PHRASE_WORDS).join(' '));
}

import { foldText } from './claims/folded-text';

const IGNORE =
  '\\b(?:ignor\\w*|disregard\\w*|forget\\w*|overrid\\w*|bypass(?:ing)?(?=\\W{1,3}(?:the|all|any|your|these|previous)\\b)|vergiss|missachte|oubli\\w*|olvid\\w*|dimentic\\w*|negeer|esquec\\w*|zignoruj\\w*|zapomnij\\w*|pomin\\w*)';
const EARLIER =
  '(?:above|previous|prior|preceding|foregoing|earlier|everything|obige\\w*|vorherige\\w*|bisherige\\w*|precedent\\w*|anterior\\w*|sopra|ci-dessus|voorgaande|poprzedni\\w*)\\b';
const ORDERS =
  '\\b(?:instructions?|prompts?|system '
    + 'messages?|anweisung\\w*|vorgaben|instruktion\\w*|consignes|instrucci\\w*|instruc\\w*|istruzion\\w*|instructies|instrukcj\\w*|polecen\\w*)\\b';
const DETERMINERS = '(?:\\W{1,3}(?:the|all|any|of|my|your|these|those|das|die|alle|les|las|le)\\b){0,3}';

/**
 * Phrases by which text tries to become an instruction, in small letters without accents. Closed and incomplete by
 * nature: the proof of values
 * does not rely on it.
 */
const INSTRUCTIONS: readonly RegExp[] = [
  new RegExp(`${IGNORE}${DETERMINERS}\\W{1,3}${EARLIER}`),
  new RegExp(`${IGNORE}(?:\\W{1,3}\\w{1,30}){0,5}?\\W{1,3}${ORDERS}`),
  new RegExp(
    `${IGNORE} (?:all|any|every|your|these|those|my)(?: \\w{1,30}){0,2} `
      + `(?:rules?|guidelines?|directions|directives?|templates?)\\b`,
  ),
  /\b(?:system|developer|hidden|initial)[ _-]{0,3}prompts?\b/,
  /\b(?:new|updated|additional|real|actual) (?:system )?instructions? ?[:-]/,
  /\b(?:you are|you're|act as|pretend to be|behave as)(?: now| from now on)? (?:an? |the )?(?:ai|assistant(?! (?:to|of|at|in|for|manager|nurse|director|head|professor|teacher)\b)|language model|llm|chat ?bot|chatgpt|gpt|dan)\b/,
  /\bas an? (?:ai|language model|large language model|llm)\b/,
  /\b(?:do anything now|jailbreak\w*|prompt injection|developer mode)\b/,
  /\b(?:respond|reply|answer|output) (?:only |exactly )?with(?: only| exactly)? (?:the following|this|json)\b/,
  /<\|[^|\n]{0,40}\|>|\[\/?inst\]|<<\/?sys>>|<\/?(?:system|assistant|developer|instructions?|facts?|user)>/,
  /(?:^|\n)[ \t>#*[(<]{0,4}system[ \t]{0,3}[\])>]{0,2}[ \t]{0,3}:(?=\s*(?:$|you\b|ignore|disregard|forget|override|from now|always|never|new\b|instructions?))/,
  // Turkish has the verb behind what is ignored; Arabic knows no \b of ASCII.
  /\b(?:talimat|komut)[\wı]{0,12} (?:unut|yok say|gormezden gel|dikkate alma)/,
  /(?:تجاهل|تجاهلوا|انس) (?:كل |جميع ){0,2}(?:التعليمات|تعليماتك|تعليماتكم)/,
  /(?:^|\n) {0,3}#{2,6} ?(?:instructions?|system|prompt|task|rules?)\b/,
];

/** "Assistant: 2019 to 2021" is a line of a CV; in small letters it marks a role of a conversation. */
const ROLE_IN_SMALL_LETTERS = /(?:^|\n)[ \t]{0,4}(?:assistant|developer|system|user):/;

/** The commonest phrases, found although letters are spaced out or separated. */
const SPACED_OUT =
  /(?:ignore|disregard|forget)(?:the|all|any|your|my){0,3}(?:above|previous|prior|earlier|preceding)|ignoreallinstructions|ignoretheinstructions/;

/** So short a word instructs nobody. */
const IS_ONE_WORD = /^[\p{L}\p{N}.,+@/-]{0,8}$/u;

/** The text tries to instruct instead of saying something. */
export function hasInstructions(text: string): boolean {
  if (IS_ONE_WORD.test(text)) return false;
  const folded = foldText(text).normalize('NFD').replace(/[\u0300-\u036F]/g, '').replace(/ {2,}/g, ' ');
  const lower = folded.toLowerCase();
  return (
    INSTRUCTIONS.some((pattern) => pattern.test(lower)) ||
    ROLE_IN_SMALL_LETTERS.test(folded) ||
    SPACED_OUT.test(lower.replace(/[^a-z]+/g, ''))
  );
}

/** Words in a row that are too many to be the same by chance. */
const PHRASE_WORDS = 5;

/** Every run of five words, folded; all of a shorter text. */
export function phrasesOf(text: string): readonly string[] {
  const words = foldText(text).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < PHRASE_WORDS) return words.length === 0 ? [] : [words.join(' ')];
  return words.slice(PHRASE_WORDS - 1).map((_, index) => words.slice(index, index + PHRASE_WORDS).join(' '));
}

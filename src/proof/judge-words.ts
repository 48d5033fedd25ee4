import type { SpannedText } from './claims/folded-text';
import type { Evidence } from './evidence';
import type { NamesOfText } from './names/find-names';
import { misplacedNames } from './relations/name-roles';
import type { Rule } from './rules/rules';
import { commentary } from './wording/find-commentary';
import { contradictions } from './wording/find-contradictions';
import { hearsay } from './wording/find-hearsay';
import { leaks } from './wording/find-leaks';
import { omissions } from './wording/find-omissions';
import type { FoundWords } from './wording/find-promises';
import { unfoundedPromises } from './wording/find-promises';
import { secretsAskedFor } from './wording/find-secrets';
import { isInAnotherLanguage } from './wording/other-language';

/** Words of a text that break a rule; the positions are those of the folded text. */
export interface JudgedWords extends FoundWords {
  readonly rule: Rule;
}

/** Judges everything but figures and contacts. */
export function judgeWords(folded: SpannedText, names: NamesOfText, evidence: Evidence): readonly JudgedWords[] {
  const { text, spans } = folded;
  const { language, leaves, vocabulary, recipient } = evidence;
  const found: ReadonlyArray<readonly [Rule, readonly FoundWords[]]> = [
    ['unknown_relation', misplacedNames(text, evidence)],
    ['unknown_name', names.unknownTo(vocabulary)],
    ['unknown_promise', unfoundedPromises(text, evidence)],
    ['contradiction', contradictions(text, leaves, language)],
    ['missing_condition', omissions(text, leaves)],
    ['instruction_like', hearsay(text, leaves)],
    ['other_person', leaks(text, leaves, recipient)],
    ['asks_for_secret', secretsAskedFor(text)],
    ['about_the_task', inSpans(folded, commentary)],
    ['wrong_language', spans.filter(({ start, end }) => isInAnotherLanguage(text.slice(start, end), language, vocabulary))],
  ];
  return found.flatMap(([rule, places]) => places.map(({ start, end }) => ({ start, end, rule })));
}

/** What is found in the values alone, as they begin and end. */
function inSpans({ text, spans }: SpannedText, find: (own: string) => readonly FoundWords[]): readonly FoundWords[] {
  return spans.flatMap(({ start, end }) =>
    find(text.slice(start, end)).map((found) => ({ start: start + found.start, end: start + found.end })),
  );
}

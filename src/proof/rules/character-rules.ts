import { lazyPattern } from '../claims/lazy-pattern';
import type { Rule } from './rules';

/** Control characters other than the line feed, lone surrogates, private use, and the signs for broken encoding. */
const CONTROL = /(?!\n)\p{Cc}|\p{Cs}|\p{Co}|[\uFFF9-\uFFFD]|\p{Noncharacter_Code_Point}/u;

/** Joiners that are part of writing: between emoji, and in the scripts that need them. */
const JOINER_IN_EMOJI =
  /\u200D(?<=\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?\u200D)(?=\p{Extended_Pictographic})/gu;
const JOINED_SCRIPTS =
  '\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}';
const JOINER_IN_SCRIPT = lazyPattern(
  () => new RegExp(`[\\u200C\\u200D](?<=[${JOINED_SCRIPTS}][\\u200C\\u200D])(?=[${JOINED_SCRIPTS}])`, 'gu'),
);
const EMOJI_PRESENTATION = /[\uFE0E\uFE0F](?<=[\p{Emoji}\u20E3][\uFE0E\uFE0F])/gu;

/** Zero-width characters, direction marks and overrides, soft hyphens, tags, fillers, the blank Braille pattern. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Handlebars, Twilio, Liquid, EJS, and JavaScript's own. */
const TEMPLATE_SYNTAX = /\{\{|\}\}|\{%|%\}|\{#|#\}|<%|%>|\$\{/u;

const MARKUP = /<[a-z!/?]|\]\(/iu;

/** What no value may hold, wherever it comes from. */
export function characterFaults(value: string): readonly Rule[] {
  const visible = value.replace(JOINER_IN_EMOJI, '').replace(JOINER_IN_SCRIPT(), '').replace(EMOJI_PRESENTATION, '');
  return [
    ...(CONTROL.test(value) ? (['control_character'] as const) : []),
    ...(INVISIBLE.test(visible) ? (['invisible_character'] as const) : []),
    ...(TEMPLATE_SYNTAX.test(value) ? (['template_syntax'] as const) : []),
  ];
}

/** HTML tags and Markdown links, which a model has no reason to write. */
export function markupFaults(value: string): readonly Rule[] {
  return MARKUP.test(value) ? ['markup'] : [];
}

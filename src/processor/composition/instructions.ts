import type { Channel } from '../../core/channel';
import { CHANNEL_DEFINITIONS } from '../../core/channel';
import type { ChannelTemplate } from '../../core/company/template';
import { sha256 } from '../../core/sha256';
import { ENGINE_RULES } from '../prompts/fill/3/rules';
import { UNTRUSTED_RULE } from '../prompts/untrusted/1/rules';

/** Name and version of the engine's texts for the model (src/processor/prompts); a composition names it. */
export const PROMPT = 'fill@3';

/**
 * What the model gets: the engine's rules, the company's wishes, and the template around the values. Holds no text of a
 * request.
 */
export function buildInstructions<Known extends Channel>(
  content: ChannelTemplate<Known>,
  companyInstructions: string,
  untrusted: readonly string[] = [],
): string {
  const { template } = content;
  const { text: rules } = CHANNEL_DEFINITIONS[content.channel];
  // HTML says the same as the text beside it.
  const { subject, text, body } = rules.texts(template);
  const texts = [subject === undefined ? undefined : `Subject: ${subject}`, text, body].filter(
    (part) => part !== undefined,
  );
  return [
    ...ENGINE_RULES,
    rules.modelRule,
    ...(untrusted.length > 0 ? [`${UNTRUSTED_RULE} ${untrusted.join(', ')}.`] : []),
    `Write in the language ${template.language}.`,
    `The company's own wishes, where they do not contradict the above:\n${companyInstructions}`,
    `The template:\n${texts.join('\n\n')}`,
  ].join('\n\n');
}

/** First 16 hex digits of the SHA-256. */
export function instructionsVersion(instructions: string): string {
  return sha256(instructions).slice(0, 16);
}

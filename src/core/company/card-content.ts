import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS } from '../channel';
import type { AnswerCard } from './answer-card';
import { inLanguage } from './by-language';
import type { ChannelTemplate } from './template';

/**
 * A card as the template that its channel takes, so that it is filled and proved as any other. `subject` is the one of
 * a mail that is answered, `disclosure` what the first reply of a day begins with. Undefined where the card is not for
 * this channel or has no words in this language.
 */
export function cardContent<Known extends Channel>(
  card: AnswerCard,
  { channel, language, subject, disclosure }: {
    readonly channel: Known;
    readonly language: string;
    readonly subject: string;
    readonly disclosure?: string | undefined;
  },
): ChannelTemplate<Known> | undefined {
  const found = inLanguage(card.languages, language);
  if (!found || card.channels?.includes(channel) === false) return undefined;
  const { card_id: name, version, variables, max_segments } = card;
  const head = { name, version, language: found.language, variables };
  const { text, subject: own = subject } = found.value;
  const template = CHANNEL_DEFINITIONS[channel].freeText.template(head, [disclosure, text].filter(Boolean).join('\n\n'), own);
  return { channel, template: { ...template, max_segments } };
}

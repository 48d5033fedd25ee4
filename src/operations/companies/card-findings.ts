import type { Channel } from '../../core/channel';
import type { AnswerCard, Knowledge } from '../../core/company/answer-card';
import { inLanguage } from '../../core/company/by-language';
import { cardContent } from '../../core/company/card-content';
import { NOTHING_KNOWN } from '../../proof/names/nothing-known';
import { isInAnotherLanguage } from '../../proof/wording/other-language';
import type { TemplateFinding } from './content-findings';
import { fillFindings, structureFaults, warning } from './content-findings';
import { knowledgeFindings, unsafeWords } from './knowledge-findings';

/** What the cards of a record are judged against. */
export interface CardContext {
  /** The channels of the project. */
  readonly channels: readonly Channel[];
  readonly companyLimit: number | undefined;
  readonly knowledge: readonly Knowledge[];
  readonly disclosure: Readonly<Record<string, string>>;
  /** Today's date by the clocks of the project. */
  readonly today: string;
}

/** A mail without a subject of its own answers one with a subject, which is seldom longer. */
const SOME_SUBJECT = 'Re: your message to us';

/** What is wrong with a card beside its form, or may be a slip; `path` is below the card. */
export function cardFindings(card: AnswerCard, context: CardContext): readonly TemplateFinding[] {
  const { channels = context.channels } = card;
  const used = context.channels.filter((channel) => channels.includes(channel));
  const texts = Object.keys(card.languages).flatMap((language) => used.flatMap((channel) => (
    textFindings(card, { language, channel }, context)
  )));
  return unique([
    ...(used.length === 0 ? [warning('channels', 'are none of the project\'s: the card is never sent')] : []),
    ...texts,
    ...knowledgeFindings(card, context),
    ...unsafeTexts(card),
    ...foreignTexts(card),
  ]);
}

function textFindings(
  card: AnswerCard,
  { language, channel }: { readonly language: string; readonly channel: Channel },
  { disclosure, companyLimit }: CardContext,
): readonly TemplateFinding[] {
  const first = inLanguage(disclosure, language)?.value;
  const content = cardContent(card, { channel, language, subject: SOME_SUBJECT, disclosure: first });
  if (!content) return [];
  const structure = structureFaults(content);
  const found = structure.length > 0 ? structure : fillFindings(content, companyLimit);
  return found.map(({ severity, path, message }) => placed({ language, channel }, { severity, path, message }));
}

/** A finding of a channel's text under the paths of the card, whose text serves several channels. */
function placed(
  { language, channel }: { readonly language: string; readonly channel: Channel },
  { severity, path, message }: TemplateFinding,
): TemplateFinding {
  const place = `languages.${language}.text`;
  const unused = /^variables\.([^.]+)$/.exec(path)?.[1];
  if (unused !== undefined && message.endsWith('no text uses it')) {
    return { severity, path: place, message: `does not use {{${unused}}}, which variables declares` };
  }
  if (path.startsWith('variables')) return { severity, path, message };
  return path === '' ? { severity, path: place, message: `${message} (${channel}, with the disclosure before it)` }
    : { severity, path: place, message };
}

/** The model reads these in every turn of a thread, and the recipient reads the texts. */
function unsafeTexts({ when, languages, variables }: AnswerCard): readonly TemplateFinding[] {
  const read = [
    ['when', when],
    ...Object.entries(languages).map(([language, { text }]) => [`languages.${language}.text`, text] as const),
    ...Object.entries(variables).map(([name, { description }]) => [`variables.${name}.description`, description] as const),
  ] as const;
  return read.flatMap(([path, text]) => unsafeWords(path, text));
}

function foreignTexts({ languages }: AnswerCard): readonly TemplateFinding[] {
  return Object.entries(languages)
    .filter(([language, { text }]) => isInAnotherLanguage(text, language, () => NOTHING_KNOWN))
    .map(([language]) => warning(`languages.${language}.text`, `seems to be in another language than ${language}`));
}

function unique(found: readonly TemplateFinding[]): readonly TemplateFinding[] {
  return found.filter(({ path, message }, index) => (
    found.findIndex((one) => one.path === path && one.message === message) === index
  ));
}

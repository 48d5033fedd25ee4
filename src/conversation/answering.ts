import type { AnswerCard } from '../core/company/answer-card';
import { neededFacts } from '../core/company/answer-card';
import type { Assistant } from '../core/company/assistant';
import { currentKnowledge, parseAssistant } from '../core/company/assistant';
import type { ChannelSettings, Project } from '../core/company/company';
import { inLanguage } from '../core/company/by-language';
import { parseChannelSettings, parseProject } from '../core/company/company';
import { subjectOfReply } from '../core/channels/free-text';
import { factAt, isMissing } from '../core/contract/fact-path';
import type { Conversation } from '../core/lifecycle/conversation';
import type { Facts, FactsSource } from '../proof/facts';
import { gatherFacts } from '../proof/facts';
import { hasInstructions } from '../proof/instructions-in-text';
import type { LoadedConversation } from './load-conversations';

/** What the engine answers a burst by: the cards and facts of the project whose message is answered. */
export interface Answering {
  readonly about: Conversation;
  readonly project: Project;
  readonly channelSettings: ChannelSettings;
  readonly assistant: Assistant;
  /** The facts of the request and what the company knows: what a card says is proved by them alone. */
  readonly source: FactsSource;
  readonly facts: Facts;
  /** Those that may be chosen: of this channel, with all the facts that they need. */
  readonly cards: readonly AnswerCard[];
  /** BCP 47: the template's. */
  readonly language: string;
  /** Of a mail that answers: its subject. */
  readonly subject: string;
}

/** Undefined where the project has its replies not answered by the engine, or cannot. */
export function answeringFor(
  { conversation, company, language }: LoadedConversation,
  now: number,
): Answering | undefined {
  const channel = conversation.channel_method;
  const project = parseProject(company);
  const settings = parseChannelSettings(company, channel);
  const assistant = parseAssistant(company);
  if (!project.valid || project.value.replies !== 'answer') return undefined;
  if (!settings.valid || !assistant.valid || !assistant.value) return undefined;
  const source = { ...conversation, knowledge: currentKnowledge(assistant.value, now) };
  const facts = gatherFacts(source, project.value);
  const subject = subjectOfReply(subjectOf(conversation));
  // Facts that give orders, or are too many, are shown to no model: it can fill no variable then.
  const areShown = !facts.isTooLarge && !hasInstructions(facts.block);
  const cards = assistant.value.cards.filter((card) => (
    card.channels?.includes(channel) !== false
    && neededFacts(card).every((path) => !isMissing(factAt(facts.sections, path)))
    && (areShown || writtenNames(card).length === 0)
  ));
  return {
    about: conversation, project: project.value, channelSettings: settings.value, assistant: assistant.value,
    source, facts: areShown ? facts : { ...facts, sections: {} }, cards, language, subject,
  };
}

/** The cards as the model reads them, in the language of the conversation's template where they have it. */
export function shownCards({ cards, language }: Answering): readonly object[] {
  return cards.map(({ card_id: id, when, languages, variables }) => {
    const text = (inLanguage(languages, language)?.value ?? Object.values(languages)[0])?.text;
    const toFill = Object.entries(variables).filter(([, { copy_of: path }]) => path === undefined);
    return {
      id, when, text,
      ...(toFill.length === 0 ? {} : {
        variables: Object.fromEntries(toFill.map(([name, variable]) => [
          name, { description: variable.description, facts: variable.facts, from: variable.from },
        ])),
      }),
    };
  });
}

/** Names of the variables that a model fills. */
export function writtenNames({ variables }: Pick<AnswerCard, 'variables'>): readonly string[] {
  return Object.keys(variables).filter((name) => variables[name]?.copy_of === undefined);
}

function subjectOf({ composition }: Conversation): string {
  const { filled } = composition ?? {};
  return filled?.channel === 'email' ? filled.subject : '';
}

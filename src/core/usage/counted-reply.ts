import { templateOfFreeText } from '../channels/free-text';
import type { ChannelSettings, Project } from '../company/company';
import type { MessagePrices } from '../lifecycle/conversation';
import { reservationFor } from './cost';
import { countedMessage } from './counted-message';
import type { CountedRequest } from './usage';

/** A reply whose words are known: no model is asked for it any more. */
export interface WrittenReply {
  readonly project: Project;
  readonly channelSettings: ChannelSettings;
  readonly words: string;
  readonly subject: string;
}

/** What the reply counts against: its project's limits, and what its sends may cost. */
export function countedReply({ requestId, reply, sendBefore, now }: {
  readonly requestId: string;
  readonly reply: WrittenReply;
  readonly sendBefore: number;
  readonly now: number;
}): CountedRequest {
  const { project } = reply;
  return countedMessage({
    requestId, project, settings: settingsFor(reply), facts: { project_data: {} }, sendBefore, now,
  });
}

export function pricesOfReply(reply: WrittenReply): MessagePrices | undefined {
  const { project } = reply;
  return project.budget && reservationFor(project.budget, project, settingsFor(reply), { project_data: {} }).prices;
}

function settingsFor({ channelSettings, words, subject }: WrittenReply): ChannelSettings {
  return { ...channelSettings, content: templateOfFreeText(channelSettings.content.channel, words, subject) };
}

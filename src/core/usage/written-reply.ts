import { templateOfFreeText } from '../channels/free-text';
import type { ChannelSettings, Project } from '../company/company';
import type { PricedMessage } from './counted-message';

/** A reply whose words are known: no model is asked for it any more. */
export interface WrittenReply {
  readonly project: Project;
  readonly channelSettings: ChannelSettings;
  readonly words: string;
  readonly subject: string;
}

/** The reply as a message whose template is its own words. */
export function pricedReply({ project, channelSettings, words, subject }: WrittenReply): PricedMessage {
  const content = templateOfFreeText(channelSettings.content.channel, words, subject);
  return { project, settings: { ...channelSettings, content }, facts: { project_data: {} } };
}

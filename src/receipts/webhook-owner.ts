import type { Channel } from '../core/channel';
import type { Conversation } from '../core/lifecycle/conversation';

/** Whose call it is, as the records know them. */
export interface WebhookOwner {
  readonly companyId: string;
  /** The company record as it is stored, unchecked. */
  readonly company: Readonly<Record<string, unknown>>;
  readonly channel: Channel;
  /** The conversation that the call names, where it names one. */
  readonly conversation?: Conversation;
}

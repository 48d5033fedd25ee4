import { parseConversationId } from '../core/lifecycle/conversation-id';
import { findConversationById } from '../core/lifecycle/find-conversation';
import { timestamp } from '../core/ports/clock';
import { replyTokenOf, unsubscribeToken } from '../core/recipient/reply-address';
import type { InboundPorts } from './receipt-ports';
import type { UnsubscribePage } from './unsubscribe-page';
import { ASKING, DONE, FAILED, UNKNOWN } from './unsubscribe-page';

export interface UnsubscribeCall {
  readonly method: string;
  /** What follows the path's own words. */
  readonly token: string;
}

/**
 * The address that a mail names as `List-Unsubscribe`. A POST opts out, which is what the mail program sends when its
 * reader presses one button (RFC 8058), and what the page's own button does. A GET opts nobody out, since scanners
 * follow every address of a mail: it shows the button and asks nothing of the records.
 */
export async function unsubscribe(call: UnsubscribeCall, ports: InboundPorts): Promise<UnsubscribePage> {
  if (call.method !== 'POST') return ASKING;
  try {
    return (await optOut(call.token, ports)) ? DONE : UNKNOWN;
  } catch (error) {
    ports.observer.error('an opt-out by a link could not be written', error);
    return FAILED;
  }
}

/** False if the link is of no message that is still known. */
async function optOut(token: string, ports: InboundPorts): Promise<boolean> {
  const replyToken = replyTokenOf(token);
  const mail = replyToken === undefined ? undefined : await ports.replyAddresses.find(replyToken);
  if (!mail || unsubscribeToken(mail.attemptId) !== token) return false;
  const found = await findConversationById(mail.conversationId, ports);
  const sender = parseConversationId(mail.conversationId)?.sender;
  if (!found || sender === undefined) return false;
  const { primary_channel: recipient, channel_method: channel } = found.conversation;
  await ports.directory.addOptOut({ recipient, sender, at: timestamp(ports.clock.now()), source: 'link' });
  ports.observer.count('OptOutHeard', { channel });
  ports.observer.info('a recipient opted out', { channel, conversation_id: mail.conversationId });
  return true;
}

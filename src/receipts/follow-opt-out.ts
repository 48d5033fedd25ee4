import type { Channel } from '../core/channel';
import type { ConversationKey } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import { threadIdOf } from '../core/lifecycle/thread';
import type { Thread } from '../core/lifecycle/thread-record';
import { endEngine, reopen } from '../core/lifecycle/thread-transitions';
import { timestamp } from '../core/ports/clock';
import type { InboundPorts } from './receipt-ports';

/** Writes of a thread that others overtake, at most. */
const TRIES = 10;

/**
 * Nobody writes in the thread of a recipient who has opted out, and the engine may again once that is lifted. The
 * opt-outs decide, not the message: one that is reported again after its counterpart changes nothing.
 */
export async function followOptOut(
  newest: ConversationKey,
  { companyId: company, channel }: { readonly companyId: string; readonly channel: Channel },
  { clock, directory, threads }: InboundPorts,
): Promise<void> {
  const { primary_channel: recipient, conversation_id: conversation } = newest;
  const threadId = threadIdOf({ ...newest, company_id: company, channel_method: channel });
  let seen: Thread | undefined = await threads.find(threadId);
  if (!seen) return;
  const senders = await directory.optedOutOf({ recipient, company });
  const isOut = senders.includes(parseConversationId(conversation)?.sender ?? '');
  for (let tries = 0; seen && isOut !== (seen.owner === 'nobody') && tries < TRIES; tries += 1) {
    const entry = { at: timestamp(clock.now()), event: 'closed', reason: 'opted_out', conversation } as const;
    const { applied, thread } = await threads.change(threadId, isOut ? endEngine({ seen, entry }) : reopen({ seen }));
    if (applied) return;
    seen = thread;
  }
}

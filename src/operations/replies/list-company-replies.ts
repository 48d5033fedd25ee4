import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { REPLY_ATTENTION } from '../../core/lifecycle/reply-transitions';
import { threadIdOf } from '../../core/lifecycle/thread';
import type { ListedChat } from '../../core/ports/chat-lists';
import { timestamp } from '../../core/ports/clock';
import type { OperationPorts } from '../ports';
import type { WaitingReply } from './list-waiting-replies';
import { waitingReply } from './list-waiting-replies';

/** Keys of waiting replies that are looked through for a company's; the index holds nothing but keys. */
const LOOKED_AT_MOST = 1_000;

/** Chats that people have among which the holders of waiting ones are looked for. */
const HELD_AT_MOST = 200;

type Ports = Pick<OperationPorts, 'chatLists' | 'clock' | 'index' | 'repliesDue'>;

/** A conversation that waits, with who has its chat. */
export interface HeldReply extends WaitingReply {
  readonly holder?: Pick<ListedChat, 'by' | 'at'>;
}

/**
 * Conversations of one company with replies that wait for a person, longest first; only its own records are read.
 * `knowsHolders`: one without a holder has none.
 */
export async function listCompanyReplies(
  ports: Ports, company: string, limit: number,
): Promise<{ readonly waiting: readonly HeldReply[]; readonly more: boolean; readonly knowsHolders: boolean }> {
  const now = ports.clock.now();
  const before = timestamp(now + 1);
  const due = await ports.repliesDue.due({ shard: REPLY_ATTENTION, before, limit: LOOKED_AT_MOST });
  const own = due.filter(({ key }) => parseConversationId(key.conversation_id)?.companyId === company);
  const [found, held] = await Promise.all([
    ports.index.records(own.slice(0, limit).map(({ key }) => key)),
    own.length === 0 ? [] : ports.chatLists.page({ company, list: 'taken', limit: HELD_AT_MOST }),
  ]);
  const holders = new Map(held.map(({ threadId, by, at }) => [threadId, { by, at }]));
  return {
    waiting: found.flatMap((one): readonly HeldReply[] => {
      if (one?.reply_attention === undefined) return [];
      const holder = holders.get(threadIdOf(one));
      return [{ ...waitingReply(one, false, now), ...(holder && { holder }) }];
    }),
    knowsHolders: held.length < HELD_AT_MOST,
    more: own.length > limit || due.length === LOOKED_AT_MOST,
  };
}

import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { REPLY_ATTENTION } from '../../core/lifecycle/reply-transitions';
import { timestamp } from '../../core/ports/clock';
import type { OperationPorts } from '../ports';
import type { WaitingReply } from './list-waiting-replies';
import { waitingReply } from './list-waiting-replies';

/** Keys of waiting replies that are looked through for a company's; the index holds nothing but keys. */
const LOOKED_AT_MOST = 1_000;

type Ports = Pick<OperationPorts, 'clock' | 'index' | 'repliesDue'>;

/** Conversations of one company with replies that wait for a person, longest first; only its own records are read. */
export async function listCompanyReplies(
  ports: Ports, company: string, limit: number,
): Promise<{ readonly waiting: readonly WaitingReply[]; readonly more: boolean }> {
  const now = ports.clock.now();
  const before = timestamp(now + 1);
  const due = await ports.repliesDue.due({ shard: REPLY_ATTENTION, before, limit: LOOKED_AT_MOST });
  const own = due.filter(({ key }) => parseConversationId(key.conversation_id)?.companyId === company);
  const found = await ports.index.records(own.slice(0, limit).map(({ key }) => key));
  return {
    waiting: found.flatMap((one) => (one?.reply_attention === undefined ? [] : [waitingReply(one, false, now)])),
    more: own.length > limit || due.length === LOOKED_AT_MOST,
  };
}

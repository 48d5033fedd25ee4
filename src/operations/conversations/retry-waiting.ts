import type { Channel } from '../../core/channel';
import type { Conversation } from '../../core/lifecycle/conversation';
import { retryNow } from '../../core/lifecycle/message-transitions';
import type { Actor } from '../actor';
import type { OperationPorts } from '../ports';
import type { ProjectPorts } from './selection';
import { collectConversations } from './list-conversations';

/** What was repaired: only messages that wait for this very reason are hurried. */
export interface Repair {
  readonly reason: string;
  readonly company: string;
  readonly project?: string;
  readonly channel?: Channel;
}

/** Messages that wait to be tried again for a reason. */
export interface Waiting {
  readonly found: readonly Conversation[];
  /** There may be more than one run takes. */
  readonly more: boolean;
}

export interface Hurried {
  /** Queued to be tried now. */
  readonly hurried: number;
  /** Moved on by themselves meanwhile. */
  readonly overtaken: number;
}

/** Messages that one run takes. */
const AT_MOST = 1000;

/** Records that are changed at once. */
const AT_ONCE = 10;

type Ports = Pick<OperationPorts, 'clock' | 'conversations' | 'index' | 'queue'> & ProjectPorts;

/** The messages of a company that wait for a reason and would be tried again later by themselves. */
export async function findWaiting(ports: Ports, { reason, company, project, channel }: Repair): Promise<Waiting> {
  const now = ports.clock.now();
  const { found, complete } = await collectConversations(
    ports,
    { state: 'open', reason, company, project },
    AT_MOST,
    (one) => waits(one, now) && (channel === undefined || one.channel_method === channel),
  );
  return { found: found.slice(0, AT_MOST), more: !complete || found.length > AT_MOST };
}

function waits({ conversation_status: status, retry_at: retryAt }: Conversation, now: number): boolean {
  return (status === 'initiated' || status === 'composed') && retryAt !== undefined && Date.parse(retryAt) > now;
}

/**
 * Has messages tried now that wait for what has been repaired. Each record changes only if it is as it was seen, so
 * that
 * a wait which began since keeps its time. May be repeated; nothing is sent twice.
 */
export async function retryWaiting(ports: Ports, waiting: readonly Conversation[], actor: Actor): Promise<Hurried> {
  const left = waiting.values();
  let hurried = 0;
  let overtaken = 0;
  const work = async () => {
    for (const seen of left) {
      const { applied } = await ports.conversations.change(
        seen,
        retryNow({ seen, now: ports.clock.now(), by: actor.id }),
      );
      if (!applied) {
        overtaken += 1;
        continue;
      }
      // After the record: a worker that meets the old time leaves the message. If this fails, the reconciler queues it.
      const { channel_method: channel, conversation_id: conversationId, company_id: company } = seen;
      await ports.queue.enqueue({ channel, conversationId, company });
      hurried += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { hurried, overtaken };
}

import { parseConversationId } from '../core/lifecycle/conversation-id';
import { processMessage, requeueBeforeMaxReceives } from './process-message';
import type { ProcessingOutcome, ProcessorPorts, ProcessorSettings, QueuedMessage } from './processing';

/** Milliseconds that a message needs at the least; with less left it is not begun. */
const SHORTEST_WORK = 20_000;
/** Milliseconds that the handler needs to answer after the last message. */
const ANSWERING_TIME = 2_000;

export interface BatchItem extends Omit<QueuedMessage, 'finishBy'> {
  /** The queue's identifier of the message. */
  readonly itemId: string;
}

export type BatchResult = { readonly itemId: string } & ProcessingOutcome;

/**
 * Works a batch's messages all at once, since they wait on the network nearly all the time. One message's bug fails
 * only that message. `deadline` is the moment (milliseconds since 1970) at which the function is killed.
 */
export async function processBatch(
  items: readonly BatchItem[],
  ports: ProcessorPorts,
  settings: ProcessorSettings,
  deadline: number,
): Promise<readonly BatchResult[]> {
  const finishBy = deadline - ANSWERING_TIME;
  const work = async (item: BatchItem) => ({
    itemId: item.itemId,
    ...(await processItem(item, ports, settings, finishBy)),
  });
  return Promise.all(items.map(work));
}

async function processItem(
  item: BatchItem,
  ports: ProcessorPorts,
  settings: ProcessorSettings,
  finishBy: number,
): Promise<ProcessingOutcome> {
  const { conversationId, receiveCount } = item;
  const message: QueuedMessage = { conversationId, receiveCount, finishBy };
  try {
    if (ports.clock.now() + SHORTEST_WORK > finishBy) {
      return await requeueBeforeMaxReceives(message, { outcome: 'retry', afterSeconds: 1 }, ports, settings);
    }
    return await processMessage(message, ports, settings);
  } catch (error) {
    // A bug, or the database was out of reach. What is not an identifier may be anything, so it is not quoted.
    const named = parseConversationId(conversationId) ? conversationId : 'not a valid conversation identifier';
    ports.observer.error('a message could not be processed', error, {
      conversation_id: named,
      item_id: item.itemId,
      channel: settings.channel,
    });
    return { outcome: 'failed' };
  }
}

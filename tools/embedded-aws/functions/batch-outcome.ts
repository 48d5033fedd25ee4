import { z } from 'zod';
import type { InvocationResult } from './invocation-result';

const answer = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Which of a batch's messages are done with and can be deleted. As Lambda does: an error, an answer of another shape,
 * or an identifier that is not a message of the batch returns the whole batch to the queue.
 */
export function doneMessageIds(
  messageIds: readonly string[],
  result: InvocationResult,
  reportsItemFailures: boolean,
): readonly string[] {
  if (result.kind !== 'answered') return [];
  if (!reportsItemFailures) return messageIds;
  const read = answer.safeParse(JSON.parse(result.payload));
  if (!read.success) return [];
  const failed = (read.data?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier);
  if (failed.some((identifier) => !messageIds.includes(identifier))) return [];
  return messageIds.filter((identifier) => !failed.includes(identifier));
}

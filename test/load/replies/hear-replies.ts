import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { ANSWERED_PROJECT } from '../../../tools/local-stage/sample/add-project';
import type { MovableClock } from '../../support/movable-clock';
import type { AcceptedRequest } from '../load-client';
import type { LoadFaults } from '../load-faults';
import { settleAll } from '../settle-all';
import { askBack } from './ask-back';
import type { FailingReceiver } from './failing-receiver';
import type { RepliesReport } from './judge-replies';
import { judgeReplies } from './judge-replies';
import { writeReplies } from './load-replies';
import { kindOf, markIn } from './sent-words';
import { settleReplies } from './settle-replies';

/** Every recipient writes; resolves when all that they wrote was read, answered or handed over, and told. */
export async function hearReplies(
  stage: LocalStage,
  clock: MovableClock,
  { faults, clients, accepted, receiver, onProgress }: {
    readonly faults: LoadFaults;
    /** Recipients who write at once. */
    readonly clients: number;
    readonly accepted: readonly AcceptedRequest[];
    readonly receiver: FailingReceiver;
    readonly onProgress: (line: string) => void;
  },
): Promise<RepliesReport> {
  const requests = new Map(accepted.map((request) => [request.mark, request]));
  const asked = stage.vendors.deliveries().flatMap((delivery) => {
    const mark = kindOf(delivery) === 'question' ? markIn(delivery) : undefined;
    const request = mark === undefined ? undefined : requests.get(mark);
    return mark === undefined || !request ? [] : [{ mark, delivery, request }];
  });
  const answering = asked.filter(({ request }) => request.projectId === ANSWERED_PROJECT.project_id);
  const askedBack = await askBack(stage, answering, { faults, clients });
  onProgress(`  ${askedBack.asked} recipients have asked back, ${askedBack.taken.length} threads were taken over`);
  const heard = await writeReplies(stage, asked, { faults, clients, onProgress });
  const settling = { receiver, written: heard.written, requests, onProgress };
  await settleReplies(stage, clock, settling);
  // Answers of which nobody knows whether they went take as long as any message; what becomes of them is told, too.
  await settleAll(stage, clock, onProgress);
  await settleReplies(stage, clock, settling);
  return judgeReplies(stage, accepted, { ...heard, askedBack }, receiver);
}

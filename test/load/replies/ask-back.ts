import { setTimeout } from 'node:timers/promises';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import type { LoadFaults } from '../load-faults';
import type { AcceptedRequest } from '../load-client';
import { atOnce, handOver, HEARING, ONE_IN } from './hand-over';
import type { AskedRecipient } from './hand-over';
import type { TakenThread } from './judge-cards';
import { kindOf, QUESTIONS } from './sent-words';
import type { Person } from './take-threads';
import { openPerson } from './take-threads';

/** One in so many threads is taken by a person, and half of those are given back. */
const TAKEN_ONE_IN = 3;
/** Milliseconds within which the person comes: before, while or after the engine answers. */
const COMES_WITHIN = 2_500;
/** Milliseconds without another answer after which no more are waited for; what is late is judged all the same. */
const PATIENCE = 2_500;
const POLL_MILLISECONDS = 500;

export interface AskedBack {
  readonly asked: number;
  readonly taken: readonly TakenThread[];
}

/**
 * The recipients of the project that answers ask back, while processes die and vendors fail. A person takes some of the
 * threads over; there the recipient asks once more, the person answers, and gives half of them back.
 */
export async function askBack(
  stage: LocalStage,
  recipients: ReadonlyArray<AskedRecipient & { readonly request: AcceptedRequest }>,
  { faults, clients }: { readonly faults: LoadFaults; readonly clients: number },
): Promise<AskedBack> {
  const taken: TakenThread[] = [];
  const person = openPerson(stage);
  let asked = 0;
  try {
    await atOnce(clients, recipients, async (recipient, index) => {
      if (index % ONE_IN.kill === 7) faults.kill(HEARING);
      if (index % ONE_IN.vendorError === 9) faults.breakVendor(recipient.delivery.channel);
      const plan = { texts: [QUESTIONS.pay], isDoubled: index % ONE_IN.doubled === 3 };
      if (!await handOver(stage, recipient.delivery, plan)) return;
      asked += 1;
      if (index % TAKEN_ONE_IN !== 1) return;
      const isReturned = index % (2 * TAKEN_ONE_IN) === 1;
      const thread = await takeOver(stage, person, recipient, { after: faults.below(COMES_WITHIN), isReturned });
      if (thread) taken.push(thread);
    });
    await untilAnswered(stage, asked - taken.length);
  } finally {
    person.close();
  }
  return { asked, taken };
}

async function takeOver(
  stage: LocalStage,
  person: Person,
  { delivery, mark, request: { conversationId } }: AskedRecipient & { readonly request: AcceptedRequest },
  { after, isReturned }: { readonly after: number; readonly isReturned: boolean },
): Promise<TakenThread | undefined> {
  await setTimeout(after);
  const taken = await person.take(conversationId);
  if (!taken) return undefined;
  await handOver(stage, delivery, { texts: [QUESTIONS.place] });
  const isAnswered = await person.answer(conversationId, mark);
  const returnedAt = isReturned ? await person.giveBack(conversationId) : undefined;
  return { recipient: delivery.to, ...taken, isAnswered, ...(returnedAt === undefined ? {} : { returnedAt }) };
}

/** So that most questions are answered before the recipients write on. */
async function untilAnswered({ vendors }: LocalStage, most: number): Promise<void> {
  const count = () => vendors.deliveries().filter((one) => kindOf(one) === 'card pay').length;
  let [seen, since] = [count(), performance.now()];
  while (seen < most && performance.now() - since < PATIENCE) {
    await setTimeout(POLL_MILLISECONDS);
    const now = count();
    if (now !== seen) [seen, since] = [now, performance.now()];
  }
}

import { letReminderGo } from '../core/lifecycle/follow-up-transitions';
import type { HoldOf } from './commit';
import type { Blocked } from './defer-or-fail';
import { persistWords } from './defer-or-fail';
import type { Work } from './processing';

/** A reminder that nobody needs any more ends; the conversation that it reminds of goes on by itself. */
export const NOT_NEEDED: Blocked = {
  blocker: { kind: 'end', status: 'suppressed', reason: 'reminder_not_needed' },
};

/**
 * A reminder leaves only if one write finds that its recipient has not written yet. It stands right before the claim,
 * on the conversation that the reply would be noted on: a reply that is noted later finds a reminder that was on its
 * way already. Other messages cost nothing here.
 */
export async function reminderStep(
  work: Work,
  hold: HoldOf<'proved' | 'composed'>,
): Promise<Blocked | undefined> {
  const { reminder_of: original, primary_channel, conversation_id: reminderId } = hold.conversation;
  if (original === undefined) return undefined;
  const { clock, conversations } = work.ports;
  const key = { primary_channel, conversation_id: original };
  const ask = async (isRepeated: boolean) =>
    conversations.change(key, letReminderGo({ reminderId, isRepeated, now: clock.now() }));
  try {
    const first = await ask(false);
    if (first.applied) return undefined;
    const isRepeated = first.conversation?.reminded_at !== undefined;
    return isRepeated && (await ask(true)).applied ? undefined : NOT_NEEDED;
  } catch (error) {
    if (hold.stage === 'proved') await persistWords(work, hold);
    throw error;
  }
}

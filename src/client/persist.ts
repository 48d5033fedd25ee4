import type { Failed } from './attempt';
import type { ClientWorld } from './client-world';
import type { RetryPolicy } from './retry-policy';

/**
 * Sends until an answer is final, the attempts are used up or the patience is. The same request each time, so that the
 * engine knows it again: what was accepted by an attempt whose answer got lost is answered as accepted by the next.
 */
export async function persist<Success extends { readonly outcome: string }>(
  send: () => Promise<Success | Failed>,
  policy: RetryPolicy,
  world: Pick<ClientWorld, 'now' | 'sleep' | 'random'>,
  repeats: ReadonlyArray<Passing['outcome']> = ['limited', 'unanswered'],
): Promise<(Success | Failed) & { readonly attempts: number }> {
  const until = world.now() + policy.patience;
  for (let attempts = 1; ; attempts += 1) {
    const last = await send();
    if (!mayHelp(last, repeats) || attempts >= policy.attempts) return { ...last, attempts };
    const delay = delayAfter(last, attempts, policy, world.random);
    if (world.now() + delay > until) return { ...last, attempts };
    await world.sleep(delay);
  }
}

type Passing = Extract<Failed, { outcome: 'limited' | 'unanswered' }>;

/** Whether another attempt may end otherwise. */
function mayHelp(last: { readonly outcome: string }, repeats: readonly string[]): last is Passing {
  return repeats.includes(last.outcome);
}

/**
 * Milliseconds. A random part of a doubling span, so that clients that failed together do not come back together; where
 * the engine says when to come back, a little after that.
 */
function delayAfter(last: Passing, attempts: number, policy: RetryPolicy, random: () => number): number {
  if (last.outcome === 'limited') return last.retryAfterSeconds * 1000 + random() * policy.firstDelay;
  return random() * Math.min(policy.longestDelay, policy.firstDelay * 2 ** (attempts - 1));
}

/**
 * What the simulated model can be made to do instead of answering well. A fact that equals `simulate:<word>` asks for
 * it over HTTP; with `-once` appended only every other call with the same facts does, so that the repair or the retry
 * finds a model that behaves.
 */
export const BEHAVIOURS = [
  // The call fails: no answer, or one of OpenAI's own errors.
  'timeout', 'reset', 'rate-limit', 'overloaded', 'quota', 'server-error', 'html-page', 'unknown-model', 'wrong-key',
  // An answer that is none.
  'refusal', 'truncated', 'content-filter', 'failed', 'not-json', 'no-output',
  // An answer of the wrong shape: only without strict mode, or from a faulty gateway in between.
  'missing-key', 'extra-key', 'wrong-type',
  // An answer of the right shape whose words must not be sent.
  'invents-link', 'invents-email', 'invents-phone', 'invents-amount', 'invents-date', 'invents-number',
  'newline', 'tab', 'spaces', 'placeholder', 'too-long', 'empty', 'blank', 'emoji',
  'swaps-name', 'misquotes',
  // Words that rules let out and a second reader does not; and a second reader that is of no use.
  'concludes', 'reader-refuses', 'reader-silent',
] as const;

export type Behaviour = (typeof BEHAVIOURS)[number];

const TRIGGER = 'simulate:';
const ONCE = '-once';

export interface Trigger {
  readonly behaviour: Behaviour;
  readonly once: boolean;
}

/**
 * Reads a fact as a trigger; undefined for an ordinary fact. Throws on a misspelt trigger, which would otherwise test
 * nothing.
 */
export function readTrigger(fact: string): Trigger | undefined {
  if (!fact.startsWith(TRIGGER)) return undefined;
  const word = fact.slice(TRIGGER.length);
  const once = word.endsWith(ONCE);
  const name = once ? word.slice(0, -ONCE.length) : word;
  const behaviour = BEHAVIOURS.find((known) => known === name);
  if (!behaviour) {
    throw new Error(
      `Reading the trigger ${fact} failed: there is no such behaviour. Use one of ${BEHAVIOURS.join(', ')}, with or `
        + `without ${ONCE}.`,
    );
  }
  return { behaviour, once };
}

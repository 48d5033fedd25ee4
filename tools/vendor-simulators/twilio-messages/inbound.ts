/** Twilio's default words (docs "Advanced Opt-Out"); Twilio itself blocks on them for SMS, not for WhatsApp. */
const STOP_WORDS = new Set(['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL']);
const START_WORDS = new Set(['START', 'YES', 'UNSTOP']);

/** WhatsApp's customer service window: free text is allowed this long after the person's last message. */
const WINDOW_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * What a person's messages mean for the ones that may be sent to them. `sender` is the company's address, `person` the
 * other.
 */
export interface InboundMemory {
  note(sender: string, person: string, body: string): void;
  optedOut(sender: string, person: string): boolean;
  windowOpen(sender: string, person: string): boolean;
}

export function createInboundMemory(now: () => number): InboundMemory {
  const optedOut = new Set<string>();
  const lastWritten = new Map<string, number>();
  const pair = (sender: string, person: string): string => `${sender}|${person}`;
  return {
    note: (sender, person, body) => {
      const word = body.trim().toUpperCase();
      if (person.startsWith('whatsapp:')) lastWritten.set(pair(sender, person), now());
      else if (STOP_WORDS.has(word)) optedOut.add(pair(sender, person));
      else if (START_WORDS.has(word)) optedOut.delete(pair(sender, person));
    },
    optedOut: (sender, person) => optedOut.has(pair(sender, person)),
    windowOpen: (sender, person) =>
      now() - (lastWritten.get(pair(sender, person)) ?? Number.NEGATIVE_INFINITY) < WINDOW_MILLISECONDS,
  };
}

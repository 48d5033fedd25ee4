import type { Conversation } from '../../../src/core/lifecycle/conversation';

interface Reached {
  readonly card: string;
  readonly at: number;
  /** When a person had last returned the thread as it was decided. */
  readonly returnedAt: number | undefined;
}

/** Watches that a newer turn knows what was said: all that the vendor had taken when the turn began to read. */
export class KnownAnswers {
  private readonly reached: Reached[] = [];

  constructor(private readonly blame: (words: string) => void) {}

  /** The vendor has taken an answer: the recipient has it. */
  reaches({ reply }: Conversation, at: number, returnedAt: number | undefined): void {
    if (reply?.card && reply.owner === 'engine') this.reached.push({ card: reply.card.card_id, at, returnedAt });
  }

  /** `readAt`: when the turn began to read the thread's lines. */
  modelRead(facts: string, readAt: number, returnedAt: number | undefined): void {
    const { earlier, cards }: {
      readonly earlier: ReadonlyArray<string | { readonly card?: string }>;
      readonly cards?: unknown;
    } = JSON.parse(facts);
    if (cards === undefined) return;
    const shown = earlier.flatMap((line) => (typeof line === 'string' ? [] : line.card ?? []));
    const said = this.reached.filter((one) => one.at < readAt && one.returnedAt === returnedAt).map(({ card }) => card);
    const count = (all: readonly string[], card: string) => all.filter((one) => one === card).length;
    if (said.some((card) => count(shown, card) < count(said, card))) {
      this.blame('a newer turn did not know of an answer that had left');
    }
  }
}

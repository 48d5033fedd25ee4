import { reasonWords } from './reason-words';
import { writerWords } from './reply-state';

interface Line {
  readonly sequence: number;
  readonly at: string;
}

interface Step {
  readonly at: string;
  readonly event: string;
  readonly by?: string;
  readonly reason?: string;
}

interface Chat<Known extends Line> {
  readonly lines: readonly Known[];
  readonly history: readonly Step[];
  /** The newest burst to which the engine said nothing, by its last line. */
  readonly silence?: { readonly at: string; readonly reason: string; readonly sequence: number };
}

export type ChatRow<Known extends Line> =
  | { readonly kind: 'line'; readonly key: string; readonly line: Known }
  /** What became of what was written: why it was handed over, or why nothing was said. */
  | { readonly kind: 'step'; readonly key: string; readonly at: string; readonly words: string };

/** The lines of a chat with what became of them in between, in the order of time. */
export function chatRows<Known extends Line>({ lines, history, silence }: Chat<Known>): ReadonlyArray<ChatRow<Known>> {
  const first = lines[0]?.at ?? '';
  const steps = history.flatMap((step, index): Array<Placed<Known>> => {
    const words = stepWords(step);
    // Of what came before the first line that is shown, the words would explain nothing.
    if (words === undefined || step.at < first) return [];
    return [{ at: step.at, row: { kind: 'step', key: `step ${index}`, at: step.at, words } }];
  });
  const quiet: ReadonlyArray<Placed<Known>> = silence && lines.some(({ sequence }) => sequence === silence.sequence)
    ? [{
      at: silence.at,
      row: { kind: 'step', key: 'silence', at: silence.at, words: `The engine said nothing: ${reasonWords(silence.reason)}` },
    }]
    : [];
  const said = lines.map((line): Placed<Known> => ({ at: line.at, row: { kind: 'line', key: `line ${line.sequence}`, line } }));
  return [...said, ...steps, ...quiet].sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
    .map(({ row }) => row);
}

interface Placed<Known extends Line> {
  readonly at: string;
  readonly row: ChatRow<Known>;
}

/** Undefined for an answer of the engine, which is a line of its own. */
function stepWords({ event, by, reason }: Step): string | undefined {
  const who = by === undefined ? 'A person' : writerWords(by);
  switch (event) {
    case 'handed_off':
      return `Handed to a person${reason === undefined ? '' : `: ${reasonWords(reason)}`}`;
    case 'taken_over':
      return `${who} took the chat over`;
    case 'returned':
      return `${who} returned the chat to the engine`;
    case 'closed':
      return 'The recipient opted out';
    default:
      return undefined;
  }
}

import type { ReplyCard } from './reply-card';
import type { TicketHolder } from './ticket-holder';

/** Of a message that answers a recipient: where it belongs, and under which state of the thread it was made. */
export type ReplyOrigin = TicketHolder & {
  readonly thread: string;
  /** The conversation that the recipient's words stand in. */
  readonly in_reply_to: string;
  /** What the engine says; absent where a person wrote the words, and of the company's sentence of a hand-off. */
  readonly card?: ReplyCard | undefined;
  /** Of the company's sentence: the language (BCP 47) in which it says first that an automatic assistant writes. */
  readonly discloses?: string | undefined;
  /** The approved template that asks whether the chat may go on, where the channel takes no free words any more. */
  readonly reopens?: true | undefined;
  /** Of a mail that the engine writes: the subject that it answers under. */
  readonly subject?: string | undefined;
  /** The vendor's identifier of the message that it answers: mail programs file it by that. */
  readonly answers?: string | undefined;
};

import type { TicketHolder } from './ticket-holder';

/** Of a message that answers a recipient: where it belongs, and under which state of the thread it was made. */
export type ReplyOrigin = TicketHolder & {
  readonly thread: string;
  /** The conversation that the recipient's words stand in. */
  readonly in_reply_to: string;
  /** The person who wrote it; absent where the engine did. */
  readonly by?: string;
  /** The vendor's identifier of the message that it answers: mail programs file it by that. */
  readonly answers?: string | undefined;
};

import type { ReturnResult, TakeOverResult, ThreadNotChanged } from '../../operations/replies/take-over';
import type { SendReplyResult } from '../../operations/replies/send-reply';
import { ApiError } from '../http/page-call';

/** A step that was not taken: what is wrong, and what to do next. */
export function notDone(status: number, code: string, message: string): ApiError {
  return new ApiError({ status, code, message });
}

const SILENT = 'The engine is silent in this chat.';
const LEAVING = 'One reply is already leaving; nothing of the engine follows it.';

/** What the thread's ticket says once a person has the thread. */
export function takenWords(result: TakeOverResult): string {
  switch (result.outcome) {
    case 'taken':
      return `You have the chat. ${result.leaving === undefined ? SILENT : LEAVING}`;
    case 'taken_before':
      return `You had the chat already. ${result.leaving === undefined ? SILENT : LEAVING}`;
    case 'taken_by_other':
      throw takenByOther('Taking over failed', result.thread.taken_by);
    case 'opted_out':
      throw optedOut('Taking over failed');
    default:
      throw unchanged('Taking over failed', result);
  }
}

export function returnedWords(result: ReturnResult): string {
  switch (result.outcome) {
    case 'returned':
      return 'Returned: the engine reads and answers what comes from now on, and what it had not read yet.';
    case 'returned_before':
      return 'The engine has the chat already.';
    case 'taken_by_other':
      throw takenByOther('Returning failed', result.thread.taken_by);
    case 'opted_out':
      throw optedOut('Returning failed');
    default:
      throw unchanged('Returning failed', result);
  }
}

type Queued = Extract<SendReplyResult, { outcome: 'queued' | 'queued_before' }>;

const FAULTS = {
  empty: 'it has no words',
  too_long: 'it is too long',
  not_printable: 'it holds characters that cannot be seen or that turn the direction of text',
} as const;

/** The reply that is on its way; throws what keeps it. */
export function queuedReply(result: SendReplyResult): Queued {
  switch (result.outcome) {
    case 'queued':
    case 'queued_before':
      return result;
    case 'not_taken': {
      const { taken_by: holder } = result.thread;
      const whose = holder === undefined ? 'you have not taken the chat over' : `${holder} has the chat now`;
      throw notDone(409, 'NOT_TAKEN', `Nothing was sent: ${whose}. Take it over, then send your words again.`);
    }
    case 'opted_out':
      throw optedOut('Nothing was sent');
    case 'window_closed':
      throw notDone(
        409,
        'WINDOW_CLOSED',
        'Nothing was sent: WhatsApp takes free words for 24 hours after the recipient has written, and those are over. ' +
          'Have your system ask with an approved template.',
      );
    case 'bad_text':
      throw notDone(
        422,
        'BAD_TEXT',
        `Nothing was sent: ${FAULTS[result.fault]}. Write between 1 and ${result.most} readable characters.`,
      );
    case 'limited':
      throw notDone(
        429,
        'LIMITED',
        `Nothing was sent: the project's limit (${result.limit.replaceAll('_', ' ')}) is used up. ` +
          `Try again in ${result.retryAfterSeconds} seconds, or ask a company admin to raise it.`,
      );
    case 'company_not_ready':
      throw notDone(
        422,
        'COMPANY_RECORD_INCOMPLETE',
        "Nothing was sent: the company's record does not allow a send on this channel. Ask a company admin to look " +
          'at Companies.',
      );
    case 'no_thread':
      throw notDone(409, 'NO_THREAD', 'Nothing was sent: nothing was written in this chat yet.');
  }
}

function takenByOther(attempted: string, holder = 'Another person'): ApiError {
  return notDone(409, 'TAKEN', `${attempted}: ${holder} has the chat. Ask them to return it, or take it from them.`);
}

function optedOut(attempted: string): ApiError {
  return notDone(
    409,
    'OPTED_OUT',
    `${attempted}: the recipient has opted out, so nobody may write to them. Mark the replies as done.`,
  );
}

function unchanged(attempted: string, { outcome }: ThreadNotChanged): ApiError {
  return outcome === 'no_thread'
    ? notDone(409, 'NO_THREAD', `${attempted}: nothing was written in this chat yet.`)
    : notDone(409, 'CHANGED', `${attempted}: the chat changed at the same moment. Try again.`);
}

import type { HistoryEntry } from '../../core/lifecycle/conversation';
import type { CodeMeaning } from '../../core/ports/vendor';
import type { AnswerView, ConversationView } from '../../operations/conversations/conversation-view';
import type { CommandOutput } from '../command-host';
import { field, INDENT, indent, wrap } from '../layout';
import { duration, instant, moment } from '../moments';
import { DEFAULT_COLUMNS } from '../output';
import { nextWords } from './next-words';

/** What a page needs beside the view. */
export interface PageSetting {
  readonly command: CommandOutput['command'];
  readonly now: number;
  readonly columns?: number;
}

/** One conversation of a list. */
export function listedLines(view: ConversationView, now: number, columns = DEFAULT_COLUMNS): readonly string[] {
  const reason = view.reason === undefined ? '' : ` (${view.reason})`;
  const words = `${moment(view.acceptedAt, now)}  ${view.channel} to ${view.recipient}  ${stateOf(view)}${reason}`;
  const [first = '', ...others] = wrap(words, columns - INDENT.length);
  return [first, ...others.map((line) => INDENT + line), INDENT + view.conversationId];
}

export function stateOf({ status, delivery }: Pick<ConversationView, 'status' | 'delivery'>): string {
  return [status, delivery].filter(Boolean).join(', ');
}

/** All of one conversation. */
export function shownLines(view: ConversationView, setting: PageSetting): readonly string[] {
  const { columns, now } = setting;
  const { reason, detail, words = '', tokens, verdicts, messages = [], facts, attempts } = view;
  const vendor = view.vendorMessageId === undefined ? '' : `, the vendor's ${view.vendorMessageId}`;
  return [
    view.conversationId,
    `${view.channel} to ${view.recipient} ${view.recipientName}, from ${view.companyName}, ${view.projectName}`,
    '',
    ...field('State', stateOf(view), columns),
    ...(view.isTest ? field('Test', 'a test key asked for it: nothing of it goes to a vendor', columns) : []),
    ...(reason === undefined ? [] : field('Why', `${words} (${[reason, detail].filter(Boolean).join(': ')})`, columns)),
    ...(view.vendor === undefined
      ? []
      : field('Vendor', vendorWords(view.vendor), columns)),
    ...nextLines(view, setting),
    ...field('Attempts', `${attempts.used} of ${attempts.allowed}${vendor}`, columns),
    ...(view.template === undefined
      ? []
      : field('Template', [view.template, view.model].filter(Boolean).join(', '), columns)),
    ...(verdicts === undefined ? [] : field('Values', verdictWords(verdicts), columns)),
    ...(tokens === undefined
      ? []
      : field('Tokens', `${tokens.total} (${tokens.prompt} in, ${tokens.completion} out)`, columns)),
    ...field('Useful', `until ${moment(view.sendBefore, now)}`, columns),
    ...(view.reminderOf === undefined ? [] : field('Reminds', `of ${view.reminderOf}`, columns)),
    ...(view.answers === undefined ? [] : field('Answers', answerWords(view), columns)),
    ...(view.replies === 0 ? [] : field('Replies', replyWords(view, now), columns)),
    ...givenWords(view.answers ?? []),
    '',
    'Way',
    ...view.way.map((entry, index) => stepLine(entry, view.way[index - 1])),
    ...messages.flatMap(({ timestamp, role, content }) => [
      '',
      `${instant(timestamp)}  ${role === 'assistant' ? 'to the recipient' : 'from the recipient'}`,
      ...indent(content),
    ]),
    ...(facts === undefined ? [] : ['', 'Facts', ...indent(JSON.stringify(facts, undefined, 2))]),
  ];
}

/** What to do now; a command has a line of its own, so that it can be copied whole. */
export function nextLines(view: ConversationView, { command, now, columns }: PageSetting): readonly string[] {
  const { words, commands } = nextWords(view, { command }, now);
  return [...field('Next', words, columns), ...commands.map((line) => `  ${line}`)];
}

/** The vendor's own cause, and what to do about it. */
function vendorWords({ cause, action }: CodeMeaning): string {
  const [, rest = action] = /^None: (.+)$/.exec(action) ?? [];
  return `${cause} ${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}

/** Where each value came from. What is not the model's first answer stands out by its word. */
function verdictWords(verdicts: Readonly<Record<string, string>>): string {
  return Object.entries(verdicts).map(([name, verdict]) => `${name} ${verdict}`).join(', ');
}

/** What is there and what is still open, without the words. */
function answerWords({ answers = [], taskComplete }: ConversationView): string {
  const names = answers.map(({ name, required, answeredAt }) => (
    `${name} ${answeredAt === undefined ? (required ? 'open' : 'open, not required') : 'given'}`
  ));
  return `${taskComplete ? 'complete' : 'not complete'}: ${names.join(', ')}`;
}

/** Where text is shown: each value, and the words that prove it. */
function givenWords(answers: readonly AnswerView[]): readonly string[] {
  const given = answers.filter(({ quote }) => quote !== undefined);
  if (given.length === 0) return [];
  return ['', 'Answers', ...given.flatMap(({ name, value, quote = '' }) => [
    `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ...indent(quote).map((line) => INDENT + line),
  ])];
}

function replyWords(
  { replies, repliesWaitSince: since, repliesDealtWith: done }: ConversationView,
  now: number,
): string {
  const waiting = since === undefined ? '' : `, waiting for a person since ${moment(since, now)}`;
  return `${replies}${waiting}${done === undefined ? '' : `; ${done.replies} done by ${done.by}, `
    + `${moment(done.at, now)}`}`;
}

/** One step of the way, with the time since the one before. */
export function stepLine({ at, status, reason, by, event }: HistoryEntry, before: HistoryEntry | undefined): string {
  const since = before === undefined ? '' : `  +${duration(Date.parse(at) - Date.parse(before.at))}`;
  return `  ${instant(at)}  `
    + `${event ?? status}${reason === undefined ? '' : ` (${reason})`}${by === undefined ? '' : `, by ${by}`}${since}`;
}

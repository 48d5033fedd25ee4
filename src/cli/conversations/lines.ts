import type { HistoryEntry } from '../../core/lifecycle/conversation';
import type { ConversationView } from './view';

/** For people: one conversation of a list. */
export function listedLines(view: ConversationView): readonly string[] {
  const state = [view.status, view.delivery].filter(Boolean).join(', ');
  return [
    `${short(view.acceptedAt)}  ${view.channel}  ${state}${view.reason === undefined ? '' : ` (${view.reason})`}  to ${view.recipient}`,
    `  ${view.conversationId}`,
  ];
}

/** For people: all of one conversation. */
export function shownLines(view: ConversationView): readonly string[] {
  const { reason, detail, words = '', tokens, verdicts, messages = [], facts } = view;
  return [
    view.conversationId,
    `${view.channel} to ${view.recipient} ${view.recipientName}, from ${view.companyName}, ${view.projectName}`,
    '',
    field('State', [view.status, view.delivery].filter(Boolean).join(', ')),
    ...(reason === undefined ? [] : [field('Why', `${words} (${[reason, detail].filter(Boolean).join(': ')})`)]),
    field('Next', view.next),
    field('Attempts', `${view.attempts.used} of ${view.attempts.allowed}${view.vendorMessageId === undefined ? '' : `, the vendor's ${view.vendorMessageId}`}`),
    ...(view.template === undefined ? [] : [field('Template', [view.template, view.model].filter(Boolean).join(', '))]),
    ...(verdicts === undefined ? [] : [field('Values', Object.entries(verdicts).map(([name, verdict]) => `${name} ${verdict}`).join(', '))]),
    ...(tokens === undefined ? [] : [field('Tokens', `${tokens.total} (${tokens.prompt} in, ${tokens.completion} out)`)]),
    field('Useful', `until ${short(view.sendBefore)}`),
    ...(view.replies === 0 ? [] : [field('Replies', replies(view))]),
    '',
    'Way',
    ...view.way.map((entry, index) => wayLine(entry, view.way[index - 1])),
    ...messages.flatMap(({ timestamp, role, content }) => ['', `${short(timestamp)}  ${role === 'assistant' ? 'to the recipient' : 'from the recipient'}`, ...indent(content)]),
    ...(facts === undefined ? [] : ['', 'Facts', ...indent(JSON.stringify(facts, undefined, 2))]),
  ];
}

function replies({ replies: amount, repliesWaitSince: since, repliesDealtWith: dealt }: ConversationView): string {
  const word = dealt === undefined ? '' : `; ${dealt.replies} dealt with by ${dealt.by}, ${short(dealt.at)}`;
  return `${amount}${since === undefined ? '' : `, waiting for a person since ${short(since)}`}${word}`;
}

/** One step of the way, with the time since the one before. */
export function wayLine({ at, status, reason, by }: HistoryEntry, before: HistoryEntry | undefined): string {
  const since = before === undefined ? '' : `  +${duration(Date.parse(at) - Date.parse(before.at))}`;
  return `  ${at}  ${status}${reason === undefined ? '' : ` (${reason})`}${by === undefined ? '' : `, by ${by}`}${since}`;
}

export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

function field(name: string, value: string): string {
  return `${name.padEnd(9)} ${value}`;
}

function short(at: string): string {
  return `${at.slice(0, 19).replace('T', ' ')}Z`;
}

function indent(text: string): readonly string[] {
  return text.split('\n').map((line) => `  ${line}`);
}

import { z } from 'zod';

/** How a simulated recipient answers a message that arrived. */
export interface ReplyPlan {
  /** In the order in which they are written, a message each. */
  readonly texts: readonly string[];
  /** The vendor hands over the last one first. */
  readonly isReversed?: boolean | undefined;
  /** The vendor hands over each one twice. */
  readonly isDoubled?: boolean | undefined;
  /** With the first one comes a picture. */
  readonly hasPicture?: boolean | undefined;
  /** The first one is a button of the template that was pressed (WhatsApp). */
  readonly button?: { readonly payload: string; readonly text: string } | undefined;
  /** A program answers, such as an absence notice. A mail says so of itself, a text message cannot. */
  readonly isAutomatic?: boolean | undefined;
  /** Every message is answered, not the first one alone. */
  readonly answersAll?: boolean | undefined;
}

export const replyPlanShape = z.object({
  texts: z.array(z.string()).min(1),
  isReversed: z.boolean().optional(),
  isDoubled: z.boolean().optional(),
  hasPicture: z.boolean().optional(),
  button: z.object({ payload: z.string(), text: z.string() }).optional(),
  isAutomatic: z.boolean().optional(),
  answersAll: z.boolean().optional(),
});

/** Recipients who answer by themselves: the end of a number +447700900…, and what stands before @example.com. */
const REPLYING: ReadonlyArray<readonly [number: string, mailbox: string, plan: ReplyPlan]> = [
  ['980', 'replies', { texts: ['I looked after my mother from March to July 2022.'] }],
  ['981', 'replies-in-bursts', { texts: ['Hi!', 'I was on leave', 'from March to July 2022.'] }],
  ['982', 'replies-out-of-order', { texts: ['I was on leave', 'from March to July 2022.'], isReversed: true }],
  ['983', 'replies-twice', { texts: ['I was on leave in 2022.'], isDoubled: true }],
  ['984', 'replies-with-picture', { texts: ['Here is my certificate.'], hasPicture: true }],
  ['985', 'replies-by-button', { texts: ['Yes'], button: { payload: 'yes', text: 'Yes' } }],
  ['986', 'replies-automatically', { texts: ['I am away until Monday.'], isAutomatic: true }],
  ['987', 'replies-as-bot', { texts: ['Thank you for your message! How can I help?'], answersAll: true }],
  ['988', 'replies-stop', { texts: ['STOP'] }],
  ['989', 'replies-for-person', { texts: ['Can I talk to somebody?'] }],
];

/** Undefined for everybody else: they answer when a test or an operator says so. */
export function replyPlanOf(address: string): ReplyPlan | undefined {
  const [, digits] = /^\+447700900(\d{3})$/.exec(address) ?? [];
  const [, mailbox] = /^([^@]+)@example\.com$/i.exec(address) ?? [];
  return REPLYING.find(([number, name]) => number === digits || name === mailbox?.toLowerCase())?.[2];
}

/** Numbers, mailboxes and plans, for the page that lists them. */
export const REPLYING_RECIPIENTS = REPLYING.map(([digits, mailbox, plan]) => (
  { number: `+447700900${digits}`, mail: `${mailbox}@example.com`, plan }
));

/** One message of a plan as the vendor hands it over. */
export interface WrittenReply {
  /** Position among the messages of the plan: the same message has the same one, however often it comes. */
  readonly position: number;
  readonly text: string;
  readonly hasPicture: boolean;
  readonly button?: { readonly payload: string; readonly text: string } | undefined;
  readonly isAutomatic: boolean;
}

export function writtenReplies(plan: ReplyPlan): readonly WrittenReply[] {
  const written = plan.texts.map((text, position): WrittenReply => ({
    position,
    text,
    hasPicture: position === 0 && plan.hasPicture === true,
    button: position === 0 ? plan.button : undefined,
    isAutomatic: plan.isAutomatic === true,
  }));
  const ordered = plan.isReversed === true ? [...written].reverse() : written;
  return plan.isDoubled === true ? ordered.flatMap((reply) => [reply, reply]) : ordered;
}

/** Remembers who has answered, so that a recipient answers a sender once. */
export class ReplyingRecipients {
  private readonly answered = new Set<string>();

  /** What the recipient writes by itself when a message arrives; nothing for most. */
  answersTo(recipient: string, sender: string): readonly WrittenReply[] {
    const plan = replyPlanOf(recipient);
    const pair = `${recipient}|${sender}`;
    if (!plan || (this.answered.has(pair) && plan.answersAll !== true)) return [];
    this.answered.add(pair);
    return writtenReplies(plan);
  }
}

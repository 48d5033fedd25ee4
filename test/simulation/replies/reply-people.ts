import { cancelMessage } from '../../../src/core/lifecycle/cancel-message';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../../src/core/lifecycle/thread';
import { sendReply } from '../../../src/operations/replies/send-reply';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import { takeInbound } from '../../../src/receipts/take-inbound';
import { SAMPLE_CREDENTIALS_SECRET } from '../../support/sample-message';
import type { Process } from '../machine';
import type { PlannedBot } from './answer-plan';
import type { PlannedStep, PlannedWrite } from './reply-plan';
import { CLIENT } from './reply-plan';
import type { Chat, ReplyPorts } from './reply-ports';
import { SHORT } from './reply-workers';

const COMPANY = 'brightpath';
const PROJECT = 'cv-review';
const SENDERS = { sms: '+447700900002', whatsapp: '+447700900001' } as const;
export const PERSON = '+447700900123';

/** Who writes and who answers: the recipient, and the company's people. */
export class ReplyPeople {
  private botWrote = 0;

  constructor(private readonly chat: Chat, private readonly ports: ReplyPorts) {}

  /** The recipient writes; the vendor repeats its call until it is answered. */
  write(write: PlannedWrite, index: number, tries = 6): void {
    const { channel } = this.chat;
    const sender = SENDERS[channel];
    const message = {
      from: PERSON, to: sender, text: write.text, attachments: write.said === 'picture' ? 1 : 0,
      vendorMessageId: `inbound-${index}`, ...this.quoted(write),
    };
    this.chat.judge.wrote(write, message.vendorMessageId);
    this.chat.machine.start('inbound', SHORT, async (process) => {
      let isTaken = false;
      this.chat.machine.after(15_000, () => isTaken || (tries > 1 && this.write(write, index, tries - 1)));
      const access = { channel, sender, credentialsId: SAMPLE_CREDENTIALS_SECRET } as const;
      const heard = this.chat.mutation?.heard?.(message) ?? message;
      const ports = this.ports.inbound(process);
      const company = await ports.directory.findCompany({ companyId: COMPANY, projectId: PROJECT }) ?? {};
      const outcome = await takeInbound(heard, { companyId: COMPANY, company, access }, ports);
      this.chat.machine.tell(process, `"${write.text}" is ${outcome}`);
      isTaken = true;
      this.chat.judge.answered(message.vendorMessageId, outcome);
    });
  }

  private quoted({ quotes }: PlannedWrite) {
    const asked = this.chat.conversations.all().filter(({ reply }) => !reply)[quotes ?? -1];
    return asked?.vendor_message_id === undefined ? {} : { quotes: asked.vendor_message_id };
  }

  /** A program at the other end answers what it got. */
  answerAsBot(got: string): void {
    const { bot } = this.chat.plan.answers ?? {};
    if (!bot || this.botWrote >= bot.most) return;
    const { says, after } = bot;
    const index = (this.botWrote += 1);
    const asked = index % 2 === 0 ? 'When can I reach you?' : 'What do you pay for the journey?';
    const texts = {
      'questions': `${asked} Number ${index}`,
      'answers': `${asked} I can start on ${1 + index} March 2027.`,
      'the same': 'When can I reach you?',
      'what it got': got,
    } as const satisfies Record<PlannedBot['says'], string>;
    const text = texts[says];
    this.chat.machine.after(after, () => this.write({ at: 0, said: 'bot', text, again: [] }, 1_000 + index));
  }

  /** A person gives a command or a client calls, and repeats it where it was cut off. */
  step({ again, ...step }: PlannedStep, index: number, conversation: Conversation, tries = 4): void {
    if (again !== undefined) this.chat.machine.after(again * 1_000, () => this.step(step, index, conversation));
    this.chat.machine.start(step.who, SHORT, async (process) => {
      let isTold = false;
      this.chat.machine.after(20_000, () => isTold || (tries > 1 && this.step(step, index, conversation, tries - 1)));
      const ports = this.ports.person(process);
      const actor = { id: step.who, roles: [] };
      const order = { conversation, actor };
      const isClient = step.who === CLIENT;
      if (step.what === 'take') {
        const first = await takeThread(ports, order);
        const from = first.outcome === 'taken_by_other' && !isClient ? first.thread.taken_by : undefined;
        const result = from === undefined ? first : await takeThread(ports, { ...order, from });
        this.chat.machine.tell(process, `take: ${result.outcome}`, result);
        if (result.outcome === 'taken' || result.outcome === 'taken_before') this.chat.judge.silent(step.who, result);
      } else if (step.what === 'return') {
        const result = await returnThread(ports, isClient ? { ...order, onlyOwn: true } : order);
        this.chat.machine.tell(process, `return: ${result.outcome}`);
      } else if (step.what === 'cancel') {
        await this.cancel(process, step.who, conversation);
      } else {
        const before = this.thread(conversation);
        const reply = { ...order, text: `Words ${index} of ${step.who}.` };
        const requestId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
        const result = await (isClient ? sendReply(ports, { ...reply, requestId }) : sendReply(ports, reply));
        this.chat.machine.tell(process, `send: ${result.outcome}`);
        if ('reply' in result) {
          const { conversation_id: id } = result.reply;
          this.chat.judge.queued(id);
          this.chat.judge.words.writes(id, before?.sequence ?? 0);
        }
      }
      isTold = true;
    });
  }

  /** The newest answer that is not on its way yet is to go no more. */
  private async cancel(process: Process, who: string, conversation: Conversation): Promise<void> {
    const answer = this.chat.conversations.all().findLast(({ reply, conversation_status: status }) => (
      reply && ['composed', 'processing', 'cancelled'].includes(status)
    ));
    if (!answer) return;
    const before = this.thread(conversation);
    const { outcome, ...result } = await cancelMessage(this.ports.person(process), answer, who);
    this.chat.machine.tell(process, `cancel ${answer.conversation_id}: ${outcome}`);
    const after = this.thread(conversation);
    const isSame = after && after.owner === before?.owner && after.epoch === before.epoch;
    if (outcome !== 'too_late' && 'conversation' in result && isSame) this.chat.judge.words.cancelled(answer, after);
  }

  private thread(conversation: Conversation) {
    return this.chat.threads.known().get(threadIdOf(conversation));
  }
}

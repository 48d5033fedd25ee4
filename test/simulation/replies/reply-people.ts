import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { sendReply } from '../../../src/operations/replies/send-reply';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import { takeInbound } from '../../../src/receipts/take-inbound';
import { SAMPLE_CREDENTIALS_SECRET } from '../../support/sample-message';
import type { PlannedStep, PlannedWrite } from './reply-plan';
import type { Chat, ReplyPorts } from './reply-ports';
import { SHORT } from './reply-workers';

const COMPANY = 'brightpath';
const SENDER = '+447700900002';
export const PERSON = '+447700900123';

/** Who writes and who answers: the recipient, and the company's people. */
export class ReplyPeople {
  constructor(private readonly chat: Chat, private readonly ports: ReplyPorts) {}

  /** The recipient writes; the vendor repeats its call until it is answered. */
  write(write: PlannedWrite, index: number, tries = 6): void {
    const message = {
      from: PERSON, to: SENDER, text: write.text, attachments: 0, vendorMessageId: `inbound-${index}`,
    };
    this.chat.judge.wrote(write, message.vendorMessageId);
    this.chat.machine.start('inbound', SHORT, async (process) => {
      let isTaken = false;
      this.chat.machine.after(15_000, () => isTaken || (tries > 1 && this.write(write, index, tries - 1)));
      const access = { channel: 'sms', sender: SENDER, credentialsId: SAMPLE_CREDENTIALS_SECRET } as const;
      const heard = this.chat.mutation?.heard?.(message) ?? message;
      const outcome = await takeInbound(heard, { companyId: COMPANY, access }, this.ports.inbound(process));
      this.chat.machine.tell(process, `"${write.text}" is ${outcome}`);
      isTaken = true;
      this.chat.judge.answered(message.vendorMessageId, outcome);
    });
  }

  /** A person gives a command, and repeats it where it was cut off. */
  step(step: PlannedStep, index: number, conversation: Conversation, tries = 4): void {
    this.chat.machine.start(step.who, SHORT, async (process) => {
      let isTold = false;
      this.chat.machine.after(20_000, () => isTold || (tries > 1 && this.step(step, index, conversation, tries - 1)));
      const ports = this.ports.person(process);
      const actor = { id: step.who, roles: [] };
      const order = { conversation, actor };
      if (step.what === 'take') {
        const first = await takeThread(ports, order);
        const from = first.outcome === 'taken_by_other' ? first.thread.taken_by : undefined;
        const result = from === undefined ? first : await takeThread(ports, { ...order, from });
        this.chat.machine.tell(process, `take: ${result.outcome}`, result);
        if (result.outcome === 'taken' || result.outcome === 'taken_before') this.chat.judge.silent(step.who, result);
      } else if (step.what === 'return') {
        this.chat.machine.tell(process, `return: ${(await returnThread(ports, order)).outcome}`);
      } else {
        const result = await sendReply(ports, { ...order, text: `Words ${index} of ${step.who}.` });
        this.chat.machine.tell(process, `send: ${result.outcome}`);
        if (result.outcome === 'queued') this.chat.judge.queued(result.reply.conversation_id);
      }
      isTold = true;
    });
  }
}

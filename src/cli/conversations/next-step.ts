import type { Conversation } from '../../core/lifecycle/conversation';
import type { NextStep } from '../../core/lifecycle/next-step';
import { operatorStep } from '../../core/lifecycle/next-step';
import { countReplies } from '../../core/lifecycle/reply-transitions';
import { PRODUCT } from '../../core/names';

/** What an operator does about a conversation now, with the command that does it where there is one. */
export function nextStep(conversation: Conversation, now: number): string {
  const step = messageStep(conversation, operatorStep(conversation, now));
  if (conversation.reply_attention === undefined) return step;
  const { conversation_id: id } = conversation;
  const reply = `Answer the recipient, then: engine reply done '${id}' --seen ${countReplies(conversation)}.`;
  return step.startsWith('None') ? reply : `${step} ${reply}`;
}

function messageStep(conversation: Conversation, step: NextStep): string {
  const { conversation_id: id } = conversation;
  switch (step.position) {
    case 'held':
      return `${step.words} See engine handoff show '${id}'.`;
    case 'unconfirmed':
      return `${step.words} Then: engine conversation resolve '${id}' --as sent (or --as resend).`;
    case 'delayed':
      return `${step.words} It is tried again by itself from ${step.retryAt ?? ''}.${command(conversation, step)}`;
    case 'queued':
    case 'worked':
    case 'unknown':
    case 'sent':
    case 'ended': {
      const again = step.needsNewRequest ? ' This message has ended: send the request again under a new request_id.' : '';
      return `${step.words}${command(conversation, step)}${again}`;
    }
  }
}

/** The command that shows or mends what stands in the message's way. */
function command({ company_id: company, project_id: project, channel_method: channel, failure_detail: detail = '' }: Conversation, { remedy }: NextStep): string {
  switch (remedy) {
    case 'store_secret': {
      const kind = detail.startsWith(`${PRODUCT}/openai-api-key/`) ? 'model' : `credentials ${company} ${project}`;
      return ` Command: engine secret set ${kind} --channel ${channel}.`;
    }
    case 'verify':
      return ` Command: engine company verify ${company} ${project}.`;
    case 'correct_settings':
      return ` Command: engine company show ${company} ${project}.`;
    case undefined:
      return '';
  }
}

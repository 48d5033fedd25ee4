import type { Conversation } from '../../core/lifecycle/conversation';
import { explain } from '../../core/lifecycle/failure';
import type { FailureReason } from '../../core/lifecycle/failure';
import { PRODUCT } from '../../core/names';
import { countReplies } from '../../core/lifecycle/reply-transitions';
import { nextAction } from '../../core/lifecycle/next-action';

/** What an operator should do about a conversation now, with the command that does it where there is one. */
export function nextStep(conversation: Conversation, now: number): string {
  const step = messageStep(conversation, now);
  if (conversation.reply_attention === undefined) return step;
  const reply = `Answer the recipient, then: engine reply done '${conversation.conversation_id}' --seen ${countReplies(conversation)}.`;
  return step.startsWith('None') ? reply : `${step} ${reply}`;
}

function messageStep(conversation: Conversation, now: number): string {
  const { conversation_id: id, failure_reason: reason } = conversation;
  const found = nextAction(conversation, now);
  switch (found.next) {
    case 'resolve_unknown_send':
      return 'None: a receipt or the vendor\'s own list settles it; nothing is sent a second time meanwhile.';
    case 'hand_off':
      return `${reason === undefined ? 'Approve or reject it.' : action(reason)} See engine handoff show '${id}'.`;
    case 'expire_send_window':
    case 'take_up':
    case 'send':
      return 'None: it is queued, and the reconciler looks after it each minute.';
    case 'wait_until':
      return reason === undefined
        ? 'None: a worker has it.'
        : `${action(reason)} It is tried again by itself from ${new Date(found.at).toISOString()}.${command(conversation, reason)}`;
    case 'none':
      return reason === undefined ? 'None: the message is sent.' : atRest(conversation, reason);
  }
}

function atRest(conversation: Conversation, reason: FailureReason): string {
  const { conversation_status: status, conversation_id: id } = conversation;
  if (status === 'send_unconfirmed') return `${action(reason)} Then: engine conversation resolve '${id}' --as sent (or --as resend).`;
  const isDone = /^None\b|under a new request_id/.test(action(reason)) || status === 'initial_message_sent';
  return `${action(reason)}${command(conversation, reason)}${isDone ? '' : ' This message has ended: send the request again under a new request_id.'}`;
}

function action(reason: FailureReason): string {
  return explain(reason).action;
}

const SETTINGS: readonly FailureReason[] = ['company_record_missing', 'company_record_incomplete', 'project_inactive', 'channel_not_allowed'];
const CREDENTIALS: readonly FailureReason[] = ['sender_misconfigured', 'model_misconfigured', 'template_rejected', 'secret_unavailable'];

/** The command that shows or mends what stands in the message's way. */
function command(conversation: Conversation, reason: FailureReason): string {
  const { company_id: company, project_id: project, channel_method: channel, failure_detail: detail = '' } = conversation;
  if (reason === 'secret_missing' || reason === 'secret_malformed') {
    const kind = detail.startsWith(`${PRODUCT}/openai-api-key/`) ? 'model' : `credentials ${company} ${project}`;
    return ` Command: engine secret set ${kind} --channel ${channel}.`;
  }
  if (CREDENTIALS.includes(reason)) return ` Command: engine company verify ${company} ${project}.`;
  if (SETTINGS.includes(reason)) return ` Command: engine company show ${company} ${project}.`;
  return '';
}

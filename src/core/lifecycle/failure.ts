/** What operators have a command or a button for, whatever the words are. */
export type Remedy = 'correct_settings' | 'store_secret' | 'verify';

/** Why something is so, in plain words, and what each reader of it does next. */
interface Reason {
  /** What happened, for clients and operators alike. */
  readonly cause: string;
  readonly operator: string;
  readonly client: string;
  readonly remedy?: Remedy;
}

const SEND_AGAIN = 'Send the request again under a new request_id.';
const ASK_THE_OPERATOR = 'Ask the operator to put it right, then send the request again under a new request_id.';

/** Every reason for which a message does not go, or waits. */
export const FAILURES = {
  company_record_missing: {
    cause: 'The company or project no longer exists.',
    operator: 'Restore the company record, then send the request again under a new request_id.',
    client: ASK_THE_OPERATOR,
    remedy: 'correct_settings',
  },
  company_record_incomplete: {
    cause: 'The company record lacks fields that this channel needs.',
    operator: 'Add the fields named in failure_detail to the company record.',
    client: ASK_THE_OPERATOR,
    remedy: 'correct_settings',
  },
  project_inactive: {
    cause: 'The project was switched off before the message was sent.',
    operator: 'Set project_status to active if it should send again.',
    client: 'None until the operator switches the project on again.',
    remedy: 'correct_settings',
  },
  channel_not_allowed: {
    cause: 'The channel was switched off for the project before the message was sent.',
    operator: 'Add the channel to allowed_channels if it should be used.',
    client: 'Use another channel.',
    remedy: 'correct_settings',
  },
  secret_missing: {
    cause: 'A secret that the company record names does not exist.',
    operator: 'Create the secret named in failure_detail.',
    client: ASK_THE_OPERATOR,
    remedy: 'store_secret',
  },
  secret_malformed: {
    cause: 'A secret lacks a field that the channel needs.',
    operator: 'Store the secret named in failure_detail with all its fields.',
    client: ASK_THE_OPERATOR,
    remedy: 'store_secret',
  },
  secret_not_permitted: {
    cause: "The company record names a secret that the stage's functions may not read, or another company's.",
    operator: 'Name the company\'s own secret in the company record: the one in failure_detail is not.',
    client: ASK_THE_OPERATOR,
    remedy: 'correct_settings',
  },
  secret_unavailable: {
    cause: 'The secret could not be read.',
    operator: 'Check the function\'s permission and the secret\'s state; the message is tried again by itself.',
    client: ASK_THE_OPERATOR,
    remedy: 'verify',
  },
  model_unavailable: {
    cause: 'The language model did not answer.',
    operator: 'Check the model vendor\'s status page; the message is tried again by itself until it expires.',
    client: ASK_THE_OPERATOR,
  },
  model_misconfigured: {
    cause: 'The language model refused the key, its quota or the model\'s name.',
    operator: 'Check the key, its budget and the model named in the company record.',
    client: ASK_THE_OPERATOR,
    remedy: 'verify',
  },
  proof_failed: {
    cause: 'A value could not be proved from the facts and has no fallback.',
    operator: 'Review the message, or give the template\'s variable a fallback.',
    client: ASK_THE_OPERATOR,
  },
  fallback_used: {
    cause: 'A value could not be proved, and the template does not let its fallback go by itself.',
    operator: 'Approve it with the fallback, give the value, or set on_fallback of the template.',
    client: ASK_THE_OPERATOR,
    remedy: 'correct_settings',
  },
  facts_missing: {
    cause: 'The request lacks a fact that a required variable copies.',
    operator: 'Send the missing fact, or give the variable a fallback.',
    client: 'Send the request again under a new request_id, with all the facts that the template needs.',
  },
  recipient_opted_out: {
    cause: 'The recipient has asked this sender not to write.',
    operator: 'None: the opt-out must be respected.',
    client: 'None: the recipient must not be written to.',
  },
  recipient_unreachable: {
    cause: 'The address does not exist or cannot receive on this channel.',
    operator: 'Correct the address or use another channel.',
    client: 'Correct the address, or use another channel, under a new request_id.',
  },
  recipient_unavailable: {
    cause: 'The recipient\'s device or mailbox could not be reached for now.',
    operator: 'Send again later, or use another channel.',
    client: 'Send the request again later under a new request_id, or use another channel.',
  },
  region_not_permitted: {
    cause: 'The sender may not send to the recipient\'s country.',
    operator: 'Permit the country in the vendor\'s console.',
    client: 'Use another channel, or ask the operator to permit the country.',
  },
  sender_misconfigured: {
    cause: 'The vendor refused the sender\'s credentials, number or registration.',
    operator: 'Check the credential secret, the sender\'s number or address and the vendor account\'s state.',
    client: ASK_THE_OPERATOR,
    remedy: 'verify',
  },
  template_rejected: {
    cause: 'The vendor refused the template or its variables.',
    operator: 'Compare the template in the company record with the one that the vendor approved.',
    client: ASK_THE_OPERATOR,
    remedy: 'verify',
  },
  content_rejected: {
    cause: 'The vendor or carrier filtered the message because of its content.',
    operator: 'Change the template\'s wording; repeated attempts worsen filtering.',
    client: 'Do not repeat it: carriers filter repeated attempts. Ask the operator for another wording.',
  },
  conversation_window_closed: {
    cause: 'The recipient has not written within 24 hours, so only an approved template may be sent.',
    operator: 'Check that the template is approved.',
    client: ASK_THE_OPERATOR,
  },
  vendor_busy: {
    cause: 'The vendor asked to send later.',
    operator: 'None: the message is tried again by itself until it expires.',
    client: ASK_THE_OPERATOR,
  },
  vendor_daily_limit: {
    cause: 'The sender\'s daily limit at the vendor is used up.',
    operator: 'Ask the vendor for a higher limit; the message is tried again the next day.',
    client: ASK_THE_OPERATOR,
  },
  vendor_refused: {
    cause: 'The vendor refused the message.',
    operator: 'Look up the code in failure_detail in the vendor\'s documentation.',
    client: ASK_THE_OPERATOR,
  },
  answer_lost: {
    cause: 'The vendor\'s answer was lost, so it is not known whether the message went.',
    operator: 'None: receipts or the vendor\'s list resolve it.',
    client: ASK_THE_OPERATOR,
  },
  never_confirmed: {
    cause: 'The vendor never confirmed the message whose answer was lost.',
    operator: 'Look it up in the vendor\'s console, then resolve it as sent or send it again.',
    client: ASK_THE_OPERATOR,
  },
  attempts_exhausted: {
    cause: 'Every allowed attempt was used.',
    operator: 'See failure_detail for the last answer; send the request again under a new request_id.',
    client: SEND_AGAIN,
  },
  expired: {
    cause: 'The message could not be sent in the time in which it is of use.',
    operator: 'See the reason before it in the history; send the request again under a new request_id.',
    client: 'Send the request again under a new request_id if the message is still of use.',
  },
  person_erased: {
    cause: 'The person\'s data was erased before the message was sent.',
    operator: 'None.',
    client: 'None: the person\'s data was erased.',
  },
  reminder_not_needed: {
    cause: 'The recipient wrote before the reminder was sent, or the company reminds nobody any more.',
    operator: 'None: the conversation that it was to remind of goes on.',
    client: 'None: look at the conversation that it was to remind of.',
  },
  review_requested: {
    cause: 'The company\'s settings ask a person to see this message first.',
    operator: 'Approve or reject it.',
    client: ASK_THE_OPERATOR,
  },
  review_rejected: {
    cause: 'A person rejected the message.',
    operator: 'None.',
    client: 'None: a person decided that the message does not go.',
  },
  cancelled: {
    cause: 'The message was cancelled before it was sent.',
    operator: 'None: it does not go.',
    client: 'None: it does not go.',
  },
  superseded: {
    cause: 'The thread went to somebody else before this reply left.',
    operator: 'None: it does not go. Whoever has the thread now decides what is answered.',
    client: 'None: it does not go.',
  },
  internal_error: {
    cause: 'The engine met a fault of its own.',
    operator: 'Look up the conversation in the logs and report it.',
    client: ASK_THE_OPERATOR,
  },
} as const satisfies Record<string, Reason>;

export type FailureReason = keyof typeof FAILURES;

export const FAILURE_REASONS = Object.keys(FAILURES).filter(isFailureReason);

export function isFailureReason(word: string): word is FailureReason {
  return Object.hasOwn(FAILURES, word);
}

/** The words for a reason. Records of the engine before this one hold free text, which is shown as what it is. */
export function explain(reason: string): Reason {
  if (isFailureReason(reason)) return FAILURES[reason];
  return {
    cause: `An earlier engine noted: ${reason}`,
    operator: 'Compare the record with the vendor\'s console; this engine does not know the reason.',
    client: ASK_THE_OPERATOR,
  };
}

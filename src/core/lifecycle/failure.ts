/** Every reason for which a message does not go, or waits: plain words for clients, the next action for the operator. */
export const FAILURES = {
  company_record_missing: ['The company or project no longer exists.', 'Restore the company record, then send the request again under a new request_id.'],
  company_record_incomplete: ['The company record lacks fields that this channel needs.', 'Add the fields named in failure_detail to the company record.'],
  project_inactive: ['The project was switched off before the message was sent.', 'Set project_status to active if it should send again.'],
  channel_not_allowed: ['The channel was switched off for the project before the message was sent.', 'Add the channel to allowed_channels if it should be used.'],
  secret_missing: ['A secret that the company record names does not exist.', 'Create the secret named in failure_detail.'],
  secret_malformed: ['A secret lacks a field that the channel needs.', 'Store the secret named in failure_detail with all its fields.'],
  secret_unavailable: ['The secret could not be read.', 'Check the function\'s permission and the secret\'s state; the message is tried again by itself.'],
  model_unavailable: ['The language model did not answer.', 'Check the model vendor\'s status page; the message is tried again by itself until it expires.'],
  model_misconfigured: ['The language model refused the key, its quota or the model\'s name.', 'Check the key, its budget and the model named in the company record.'],
  proof_failed: ['A value could not be proved from the facts and has no fallback.', 'Review the message, or give the template\'s variable a fallback.'],
  facts_missing: ['The request lacks a fact that a required variable copies.', 'Send the missing fact, or give the variable a fallback.'],
  recipient_opted_out: ['The recipient has asked this sender not to write.', 'None: the opt-out must be respected.'],
  recipient_unreachable: ['The address does not exist or cannot receive on this channel.', 'Correct the address or use another channel.'],
  recipient_unavailable: ['The recipient\'s device or mailbox could not be reached for now.', 'Send again later, or use another channel.'],
  region_not_permitted: ['The sender may not send to the recipient\'s country.', 'Permit the country in the vendor\'s console.'],
  sender_misconfigured: ['The vendor refused the sender\'s credentials, number or registration.', 'Check the credential secret, the sender\'s number or address and the vendor account\'s state.'],
  template_rejected: ['The vendor refused the template or its variables.', 'Compare the template in the company record with the one that the vendor approved.'],
  content_rejected: ['The vendor or carrier filtered the message because of its content.', 'Change the template\'s wording; repeated attempts worsen filtering.'],
  conversation_window_closed: ['The recipient has not written within 24 hours, so only an approved template may be sent.', 'Check that the template is approved.'],
  vendor_busy: ['The vendor asked to send later.', 'None: the message is tried again by itself until it expires.'],
  vendor_daily_limit: ['The sender\'s daily limit at the vendor is used up.', 'Ask the vendor for a higher limit; the message is tried again the next day.'],
  vendor_refused: ['The vendor refused the message.', 'Look up the code in failure_detail in the vendor\'s documentation.'],
  answer_lost: ['The vendor\'s answer was lost, so it is not known whether the message went.', 'None: receipts or the vendor\'s list resolve it.'],
  never_confirmed: ['The vendor never confirmed the message whose answer was lost.', 'Look it up in the vendor\'s console, then resolve it as sent or send it again.'],
  attempts_exhausted: ['Every allowed attempt was used.', 'See failure_detail for the last answer; send the request again under a new request_id.'],
  expired: ['The message could not be sent in the time in which it is of use.', 'See the reason before it in the history; send the request again under a new request_id.'],
  person_erased: ['The person\'s data was erased before the message was sent.', 'None.'],
  review_requested: ['The company\'s settings ask a person to see this message first.', 'Approve or reject it.'],
  review_rejected: ['A person rejected the message.', 'None.'],
  internal_error: ['The engine met a fault of its own.', 'Look up the conversation in the logs and report it.'],
} as const;

export type FailureReason = keyof typeof FAILURES;

export const FAILURE_REASONS = Object.keys(FAILURES).filter(isFailureReason);

export function isFailureReason(word: string): word is FailureReason {
  return Object.hasOwn(FAILURES, word);
}

/** Plain words and the operator's next action for a reason. */
export function explain(reason: FailureReason): { readonly words: string; readonly action: string } {
  const [words, action] = FAILURES[reason];
  return { words, action };
}

import type { FailureReason } from '../core/lifecycle/failure';
import type { RetryRule } from '../core/ports/provider';
import type { CodeMeaning, VendorCode } from '../core/ports/vendor';

/**
 * Twilio's error codes: what each means for a message that was certainly not delivered, why it happens, and what the operator does.
 * Titles are Twilio's (twilio.com/docs/api/errors); where its page does not say whether a retry can help, the rule is our judgement, on the side of
 * not writing twice.
 */
export const TWILIO_CODES: Readonly<Record<number, VendorCode>> = {
  // Sent at once, with the answer to the send.
  20003: ['sender_misconfigured', 'after_configuration', 'The account SID or auth token is wrong, or the token was rotated.', 'Store the account\'s current SID and auth token in the credential secret.'],
  20005: ['sender_misconfigured', 'after_configuration', 'The Twilio account is not active.', 'Reactivate the account in Twilio\'s console.'],
  20403: ['sender_misconfigured', 'after_configuration', 'The credentials may not send messages.', 'Give the account or its key the permission to send.'],
  20404: ['sender_misconfigured', 'after_configuration', 'Twilio knows no such account under this address.', 'Check twilio_account_sid in the credential secret and the Twilio base URL in the stage\'s settings.'],
  20422: ['vendor_refused', 'never', 'Twilio found a parameter outside its range.', 'Report the fault with the conversation\'s id.'],
  20429: ['vendor_busy', 'soon', 'The account sends more requests at once than Twilio allows.', 'None: the message is tried again by itself. Ask Twilio for more if it happens often.'],
  20500: ['answer_lost', 'never', 'Twilio met an error of its own and does not say whether the message went.', 'None: receipts or Twilio\'s list of messages resolve it.'],
  14107: ['vendor_busy', 'soon', 'Too many messages went between the same two numbers in a short time.', 'Check whether requests are doubled; the message is tried again by itself.'],
  21211: ['recipient_unreachable', 'never', 'The recipient\'s number is not a valid phone number.', 'Correct the number, or use another channel.'],
  21212: ['sender_misconfigured', 'after_configuration', 'The company\'s number is not a valid sender.', 'Correct the company\'s number in the company record.'],
  21266: ['vendor_refused', 'never', 'Sender and recipient are the same number.', 'Correct the recipient\'s or the company\'s number.'],
  21408: ['region_not_permitted', 'never', 'The account may not send to the recipient\'s country.', 'Permit the country in Twilio\'s console (Messaging, Geo permissions), then send the request again.'],
  21602: ['template_rejected', 'never', 'The message has no text.', 'Check that the template\'s body cannot be filled with nothing.'],
  21603: ['sender_misconfigured', 'after_configuration', 'The message has no sender.', 'Set the company\'s number in the company record.'],
  21604: ['recipient_unreachable', 'never', 'The message has no recipient.', 'Send the recipient\'s number with the request.'],
  21606: ['sender_misconfigured', 'after_configuration', 'The company\'s number does not belong to this account or cannot send to this destination.', 'Check the company\'s number and the account in the credential secret.'],
  21608: ['sender_misconfigured', 'after_configuration', 'A trial account may write to verified numbers only.', 'Upgrade the Twilio account.'],
  21609: ['vendor_refused', 'after_configuration', 'Twilio does not take the receipts\' URL for a valid one.', 'Check the receipts URL in the stage\'s settings: it must be public and absolute.'],
  21610: ['recipient_opted_out', 'never', 'The recipient has answered STOP to this sender.', 'None: the opt-out must be respected until the recipient answers START.'],
  21611: ['vendor_busy', 'soon', 'The sender\'s queue at Twilio is full.', 'None: the message is tried again by itself. Add senders if it happens often.'],
  21612: ['recipient_unreachable', 'never', 'Twilio has no route from this sender to the recipient.', 'Use another channel or a sender in the recipient\'s country.'],
  21614: ['recipient_unreachable', 'never', 'The recipient\'s number is not a mobile number.', 'Correct the number, or use another channel.'],
  21617: ['template_rejected', 'never', 'The text is longer than 1,600 characters.', 'Shorten the template or its variables\' max_length.'],
  21654: ['template_rejected', 'after_configuration', 'Variables were given without a template.', 'Set content_sid in the template or twilio_template_sid in the credential secret.'],
  21655: ['template_rejected', 'after_configuration', 'Twilio knows no template with this content SID.', 'Correct content_sid in the template, or twilio_template_sid in the credential secret.'],
  21656: ['template_rejected', 'never', 'The template\'s variables are no JSON object, or one of them is empty.', 'Compare the template in the company record with the one in Twilio\'s console; give empty variables a fallback.'],
  21658: ['template_rejected', 'never', 'A variable is longer than 1,600 characters.', 'Lower the variable\'s max_length.'],
  21659: ['sender_misconfigured', 'after_configuration', 'The sender is no Twilio number or short code.', 'Correct the company\'s number in the company record.'],
  21660: ['sender_misconfigured', 'after_configuration', 'The sender\'s number belongs to another Twilio account.', 'Use the credentials of the account that owns the company\'s number.'],
  21703: ['sender_misconfigured', 'after_configuration', 'The messaging service has no sender for this recipient.', 'Add a suitable sender to the messaging service.'],
  21910: ['vendor_refused', 'never', 'Sender and recipient are on different channels.', 'Report the fault with the conversation\'s id.'],
  63007: ['sender_misconfigured', 'after_configuration', 'The company\'s number is no WhatsApp sender of this account, or it is not approved yet.', 'Check company_whatsapp_number and the sender\'s state in Twilio\'s console.'],
  10001: ['sender_misconfigured', 'after_configuration', 'The Twilio account is not active.', 'Reactivate the account in Twilio\'s console.'],
  90010: ['sender_misconfigured', 'after_configuration', 'The Twilio account is not active.', 'Reactivate the account in Twilio\'s console.'],
  20006: ['sender_misconfigured', 'after_configuration', 'The credentials may not use this resource.', 'Give the account or its key the permission to send.'],
  20008: ['sender_misconfigured', 'after_configuration', 'The secret holds test credentials, which send nothing.', 'Store the live account SID and auth token.'],
  20010: ['sender_misconfigured', 'after_configuration', 'The account may not use this resource.', 'Ask Twilio to enable it for the account.'],
  21619: ['template_rejected', 'never', 'The message has neither a text nor a content.', 'Check that the template\'s body cannot be filled with nothing.'],
  21657: ['sender_misconfigured', 'after_configuration', 'Twilio does not take the sender\'s ID for a valid one.', 'Correct the sender in the company record, or register it with Twilio.'],
  21701: ['sender_misconfigured', 'after_configuration', 'The messaging service does not exist.', 'Correct the service\'s SID in the company record.'],
  21702: ['sender_misconfigured', 'after_configuration', 'The messaging service cannot be used.', 'Check the service in Twilio\'s console (Messaging, Services).'],
  21704: ['sender_misconfigured', 'after_configuration', 'The messaging service has no senders.', 'Add a sender to the messaging service.'],
  21705: ['sender_misconfigured', 'after_configuration', 'The messaging service\'s SID is not valid.', 'Correct the service\'s SID in the company record.'],
  92005: ['template_rejected', 'after_configuration', 'Variables were given without a template.', 'Set content_sid in the template or twilio_template_sid in the credential secret.'],
  92006: ['template_rejected', 'after_configuration', 'Twilio knows no template with this content SID, or it belongs to another account.', 'Correct content_sid in the template, or twilio_template_sid in the credential secret.'],
  92007: ['template_rejected', 'never', 'The template\'s variables are no JSON object, or one of them is empty or has a line break.', 'Compare the template in the company record with the one in Twilio\'s console; give empty variables a fallback.'],
  572002: ['sender_misconfigured', 'after_configuration', 'A trial account may write to this recipient only by the trial number that Twilio has assigned to it.', 'Upgrade the Twilio account.'],
  572005: ['sender_misconfigured', 'after_configuration', 'A trial account may write to verified recipients only, and this one has not entered its code.', 'Upgrade the Twilio account.'],
  572006: ['sender_misconfigured', 'after_configuration', 'A trial account may send Twilio\'s own templates only.', 'Upgrade the Twilio account.'],
  // Reported later for SMS, in a receipt: the message has ended, and the engine does not send it again by itself.
  30001: ['vendor_busy', 'soon', 'The message waited too long in the sender\'s queue and was dropped.', 'Send more slowly or add senders, then send the request again under a new request_id.'],
  30002: ['sender_misconfigured', 'after_configuration', 'The account was suspended while the message was queued.', 'Contact Twilio and have the account reactivated.'],
  30003: ['recipient_unavailable', 'next_day', 'The recipient\'s device is switched off or out of reach.', 'Send the request again later, or use another channel.'],
  30004: ['recipient_unreachable', 'never', 'The recipient\'s device or carrier blocks messages from this sender.', 'Use another channel; repeated attempts worsen filtering.'],
  30005: ['recipient_unreachable', 'never', 'The number is unknown or no longer in service.', 'Correct the number, or use another channel.'],
  30006: ['recipient_unreachable', 'never', 'The number is a landline, or its carrier cannot be reached.', 'Use another channel.'],
  30007: ['content_rejected', 'never', 'Twilio or the carrier filtered the message.', 'Change the template\'s wording and check the sender\'s registration; repeated attempts worsen filtering.'],
  30008: ['answer_lost', 'never', 'The carrier gave no reason; the message may have arrived.', 'Ask the recipient, or look the message up in Twilio\'s console.'],
  30017: ['vendor_busy', 'soon', 'The recipient\'s carrier is congested.', 'Send the request again under a new request_id.'],
  30018: ['sender_misconfigured', 'after_configuration', 'The recipient\'s carrier takes registered senders only.', 'Register the sender for the recipient\'s country.'],
  30022: ['vendor_busy', 'soon', 'The carrier\'s rate limit for the sender\'s campaign was exceeded.', 'Send more slowly, or raise the campaign\'s limit.'],
  30023: ['vendor_daily_limit', 'next_day', 'The brand\'s daily limit at the carrier is used up.', 'Ask for a higher limit, and send the request again the next day.'],
  30024: ['sender_misconfigured', 'after_configuration', 'The carrier does not know the sender\'s number.', 'Register the number for the recipient\'s country.'],
  30032: ['sender_misconfigured', 'after_configuration', 'The toll-free number is not verified.', 'Verify the toll-free number in Twilio\'s console.'],
  30034: ['sender_misconfigured', 'after_configuration', 'The number is not registered for business messages in the United States (A2P 10DLC).', 'Register the number with an A2P campaign.'],
  30027: ['vendor_daily_limit', 'next_day', 'The brand\'s daily limit at T-Mobile is used up.', 'Send the request again the next day, or ask for a higher limit.'],
  30033: ['sender_misconfigured', 'after_configuration', 'The sender\'s A2P campaign is suspended.', 'Have the campaign reinstated in Twilio\'s console.'],
  30035: ['sender_misconfigured', 'after_configuration', 'The sender\'s A2P registration is being changed or has failed.', 'Check the number\'s registration in Twilio\'s console.'],
  30036: ['expired', 'never', 'The message waited at Twilio until its validity had passed.', 'Send the request again; add senders or allow the template a longer valid_for_minutes if it happens often.'],
  30410: ['vendor_busy', 'soon', 'The carrier did not answer Twilio in time.', 'Send the request again.'],
  30610: ['recipient_unavailable', 'next_day', 'It is night where the recipient is, and local rules allow such messages from 8 a.m. to 9 p.m. only.', 'Send the request again in the recipient\'s day.'],
  30640: ['vendor_refused', 'never', 'Twilio\'s Compliance Toolkit blocks this recipient: the number is known for lawsuits about messages.', 'Do not send it again; see that the recipient has agreed to be written to.'],
  30047: ['vendor_busy', 'soon', 'Twilio\'s Compliance Toolkit could not put the message off to the recipient\'s day.', 'Send the request again.'],
  30450: ['vendor_refused', 'never', 'Twilio blocks the destination for now, because the traffic looks like SMS pumping.', 'Check who triggers these messages, then ask Twilio to lift the block.'],
  // Reported later for WhatsApp, in a receipt.
  63002: ['sender_misconfigured', 'after_configuration', 'Twilio could not find the WhatsApp sender.', 'Check company_whatsapp_number and the sender\'s state in Twilio\'s console.'],
  63009: ['vendor_busy', 'soon', 'WhatsApp answered Twilio with an error.', 'Send the request again.'],
  63010: ['vendor_busy', 'soon', 'WhatsApp answered Twilio with an error of its own.', 'Send the request again.'],
  63012: ['vendor_busy', 'soon', 'WhatsApp was not available to Twilio.', 'Send the request again.'],
  63014: ['recipient_opted_out', 'never', 'The recipient has blocked the sender.', 'None: the recipient\'s wish must be respected.'],
  63062: ['sender_misconfigured', 'after_configuration', 'WhatsApp takes no message from this sender until its set-up is put right.', 'Compare the sender\'s state in Twilio\'s console (Messaging, Senders) with its business account in Meta Business Manager: verification, payment, restrictions.'],
  63001: ['sender_misconfigured', 'after_configuration', 'WhatsApp did not accept the sender\'s authentication.', 'Connect the sender again in Twilio\'s console.'],
  63003: ['recipient_unreachable', 'never', 'The number is not on WhatsApp.', 'Use another channel.'],
  63005: ['template_rejected', 'never', 'WhatsApp did not accept the content.', 'Compare the template in the company record with the approved one.'],
  63013: ['content_rejected', 'never', 'The message breaks WhatsApp\'s rules, for example by more than four spaces in a row.', 'Check the variables\' values against the template\'s review notes.'],
  63015: ['sender_misconfigured', 'after_configuration', 'The sender is a sandbox, which writes only to numbers that have joined it.', 'Use an approved WhatsApp sender.'],
  63016: ['conversation_window_closed', 'never', 'Free text was sent outside the 24-hour window.', 'Use an approved template with its content SID.'],
  63017: ['vendor_busy', 'soon', 'The account exceeded its rate limit.', 'Send the request again under a new request_id.'],
  63018: ['vendor_daily_limit', 'next_day', 'The sender or its business portfolio reached WhatsApp\'s limit, which may take 24 hours to clear.', 'Ask Meta for a higher messaging limit, and send the request again the next day.'],
  63020: ['sender_misconfigured', 'after_configuration', 'Meta found a fault in the business account.', 'Check the account in Meta Business Manager.'],
  63021: ['template_rejected', 'never', 'WhatsApp found the content invalid, for example longer than 1,024 characters.', 'Shorten the template or its variables\' max_length.'],
  63024: ['recipient_unreachable', 'never', 'The recipient is not a valid WhatsApp user.', 'Use another channel.'],
  63027: ['template_rejected', 'after_configuration', 'The template does not exist in this language.', 'Submit the template in this language, or correct the language in the company record.'],
  63028: ['template_rejected', 'after_configuration', 'The number of variables differs from the approved template\'s.', 'Compare the template in the company record with the approved one.'],
  63030: ['template_rejected', 'after_configuration', 'The template asks for something that its type cannot carry.', 'Compare the template in the company record with the approved one.'],
  63031: ['vendor_refused', 'never', 'Sender and recipient are the same number.', 'Correct the recipient\'s or the company\'s number.'],
  63032: ['recipient_unreachable', 'never', 'Meta keeps this user out of business messages, as part of an experiment, and gives no date.', 'Use another channel.'],
  63033: ['recipient_opted_out', 'never', 'The recipient has blocked the sender.', 'None: the recipient\'s wish must be respected.'],
  63038: ['vendor_daily_limit', 'next_day', 'The account\'s daily limit is used up.', 'Ask Twilio for a higher limit, and send the request again the next day.'],
  63040: ['template_rejected', 'after_configuration', 'WhatsApp has rejected the template.', 'Change the template and submit it again.'],
  63041: ['template_rejected', 'after_configuration', 'WhatsApp has paused the template because recipients complained.', 'Change the template or wait until it is resumed.'],
  63042: ['template_rejected', 'after_configuration', 'WhatsApp has disabled the template for good.', 'Write a new template and have it approved.'],
  63050: ['recipient_opted_out', 'never', 'The recipient wants no marketing messages from businesses on WhatsApp.', 'None: the recipient\'s wish must be respected.'],
  63049: ['vendor_refused', 'next_day', 'Meta chose not to deliver a marketing message to this recipient.', 'United States: never again, use another channel. Elsewhere send the request again the next day; check that the template\'s category is right.'],
  63051: ['sender_misconfigured', 'after_configuration', 'WhatsApp has locked the business account.', 'Resolve the lock in Meta Business Manager.'],
  63053: ['vendor_busy', 'soon', 'Twilio has not taken over the template\'s approval yet.', 'Wait ten minutes, then send the request again.'],
  63054: ['template_rejected', 'after_configuration', 'The template cannot be used for now.', 'Look at the template in Twilio\'s console and in Meta Business Manager.'],
  63056: ['sender_misconfigured', 'after_configuration', 'The type of the business account does not allow such messages.', 'Check the account in Meta Business Manager.'],
  63058: ['region_not_permitted', 'never', 'Meta restricts the business from writing to this country.', 'Use another channel.'],
  63059: ['sender_misconfigured', 'after_configuration', 'The sender\'s number has moved to another WhatsApp business account.', 'Connect the sender again in Twilio\'s console.'],
  63112: ['sender_misconfigured', 'after_configuration', 'Meta has disabled the sender\'s business account.', 'Appeal in Meta Business Manager.'],
};

/** Codes that Twilio's documentation calls final for recipients in the United States, whose numbers begin with +1 as Canada's do. */
const FINAL_IN_NORTH_AMERICA: ReadonlySet<number> = new Set([63049]);

const UNKNOWN_CODE: VendorCode = ['vendor_refused', 'never', 'Twilio refused the message with a code that this table does not have.', 'Look the code up at twilio.com/docs/api/errors.'];

/** What a refusal means for the message. An unknown code is a refusal too: Twilio answers one only for a message that it did not take. */
export function twilioRefusal(
  code: number, recipient: string,
): { readonly reason: FailureReason; readonly retry: RetryRule; readonly vendorCode: string } {
  const [reason, retry] = TWILIO_CODES[code] ?? UNKNOWN_CODE;
  const final = FINAL_IN_NORTH_AMERICA.has(code) && recipient.startsWith('+1');
  return { reason, retry: final ? 'never' : retry, vendorCode: String(code) };
}

/** Of a code that the table does not have, where to look it up; undefined for what is no code of Twilio's. */
export function twilioMeaning(code: string): CodeMeaning | undefined {
  if (!/^\d{5,6}$/.test(code)) return undefined;
  const [, , cause, action] = TWILIO_CODES[Number(code)] ?? UNKNOWN_CODE;
  return { cause, action: TWILIO_CODES[Number(code)] ? action : `Look the code up at twilio.com/docs/api/errors/${code}.` };
}

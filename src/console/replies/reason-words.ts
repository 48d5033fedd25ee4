import { wordsOf } from '../conversations/states';

/** Why a person is to answer, as agents read it; by the stored word. */
export const HAND_OFF_WORDS: Readonly<Record<string, string>> = {
  reply_received: 'the project has people answer every reply',
  asked_for_person: 'the recipient asks for a person',
  complaint: 'the recipient complains',
  stop_unclear: 'it may be an opt-out: ask the recipient',
  question: 'no approved card answers the question',
  no_text: 'a picture, a file or a reaction, which no model reads',
  instructions: 'the text gives orders to a model',
  answer_unclear: 'the answer fits more than one question, or its words do not prove it',
  sender_unproved: 'the sender is not proved to be the recipient',
  limit: 'more was written than is read by a model, or the budget is used up',
  model_unavailable: 'the model did not answer',
  not_understood: 'the model did not answer as it was asked',
  law: 'the recipient asks about rights, a contract, liability or data protection',
  health: 'the recipient writes of illness, medicine or disability',
  money: 'the recipient wants money to be promised or confirmed',
  no_card: 'an answer is still missing, and no approved card fits',
  language: "no card is written in the recipient's language",
  proof_failed: 'what the card would say could not be proved',
  reply_limit: 'the engine has answered as often as it may',
  same_message_again: 'the recipient writes the same again and again',
  machine: 'the answers come faster than a person writes',
  window_closing: 'WhatsApp takes no more free words soon',
  card_hands_over: 'the card that was sent hands over to a person',
  reply_not_sent: 'an answer did not go',
};

/** Why the engine said nothing, and no person need do anything. */
export const SILENCE_WORDS: Readonly<Record<string, string>> = {
  nothing_asked: 'nothing was asked',
  answers_kept: 'the answers were kept; what is missing is asked by the reminder',
  person_has_thread: 'a person has the chat',
  person_answered: 'a person had answered it',
  closed: 'the recipient has opted out',
  newer_message: 'a newer message came, and is answered instead',
};

/** Why no model reads a message, beside what hands it to a person. */
const UNREAD_WORDS: Readonly<Record<string, string>> = {
  automatic: 'an automatic reply',
  own_sender: 'sent by an own sender of the company',
  button: 'a button, whose card answers',
  nothing_expected: 'the message asked for no answer',
  off: 'the project has no replies read',
};

/** A stored reason in words; one of a newer version without its underscores. */
export function reasonWords(reason: string): string {
  return HAND_OFF_WORDS[reason] ?? SILENCE_WORDS[reason] ?? UNREAD_WORDS[reason] ?? wordsOf(reason);
}

/** Why a conversation is put before a person because of what its recipient wrote. Stored words. */
export const REPLY_HAND_OFFS = [
  /** The project hands every reply over. */
  'reply_received',
  /** The recipient asks for a person, by words of a closed list or as the model read it. */
  'asked_for_person',
  'complaint',
  /** It may be a stop, and nobody but a person can tell. */
  'stop_unclear',
  /** The recipient asks something, and no approved card answers it. */
  'question',
  /** A picture, a file, a place or a reaction without words: no model looks at it. */
  'no_text',
  /** The text tries to give orders to a model. */
  'instructions',
  /** What was answered fits more than one question, or its words do not prove it. */
  'answer_unclear',
  /** The sender of the message is not proved to be the recipient. */
  'sender_unproved',
  /** More was written at once, or understood in a day, than is read by a model, or the budget is used up. */
  'limit',
  /** The model did not answer for two minutes, or its settings are wrong. */
  'model_unavailable',
  /** The model answered, and not as it was asked. */
  'not_understood',
  /** The recipient asks about their rights, a contract, liability or data protection: the engine answers none of it. */
  'law',
  /** The recipient writes of illness, medicine or disability. */
  'health',
  /** The recipient wants money to be promised or confirmed. */
  'money',
  /** What was asked for is still missing, and no approved card says anything to what was written. */
  'no_card',
  /** No card is written in the recipient's language. */
  'language',
  /** What a card would say could not be proved, or its card changed before it went. */
  'proof_failed',
  /** The engine has answered as often as it may, or would say the same again. */
  'reply_limit',
  /** The recipient writes the same over and over. */
  'same_message_again',
  /** The answers come faster than a person writes. */
  'machine',
  /** WhatsApp takes no more words of ours soon. */
  'window_closing',
  /** The card that was sent says that a person goes on. */
  'card_hands_over',
  /** An answer did not go, was cancelled, or nobody knows whether it went; of a person's words only behind a return. */
  'reply_not_sent',
] as const;

export type ReplyHandOff = (typeof REPLY_HAND_OFFS)[number];

/** Why a conversation is put before a person because of what its recipient wrote. Stored words. */
export const REPLY_HAND_OFFS = [
  /** The project hands every reply over. */
  'reply_received',
  /** The recipient asks for a person, by words of a closed list or as the model read it. */
  'asked_for_person',
  'complaint',
  /** It may be a stop, and nobody but a person can tell. */
  'stop_unclear',
  /** The recipient asks something, and the project hands questions over. */
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
] as const;

export type ReplyHandOff = (typeof REPLY_HAND_OFFS)[number];

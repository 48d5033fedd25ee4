/** The approved card that an engine's reply says, and its variables: all of it was proved when it was chosen. */
export interface ReplyCard {
  readonly card_id: string;
  readonly version: number;
  /** BCP 47: which of the card's texts. */
  readonly language: string;
  /** By variable, what the model wrote. The words are proved again before they go. */
  readonly values: Readonly<Record<string, string>>;
  /** By variable that echoes the recipient: a verbatim part of what they wrote. */
  readonly echoes: Readonly<Record<string, string>>;
  /** The reply says that an automatic assistant writes, and how to reach a person. */
  readonly discloses?: true;
  readonly model?: string | undefined;
  /** Name and version of the engine's text for the model. */
  readonly prompt?: string | undefined;
}

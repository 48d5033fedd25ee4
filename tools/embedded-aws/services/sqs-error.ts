/** A refusal in SQS's own words; `queryCode` is what its older protocol calls it. */
export class SqsError extends Error {
  constructor(readonly code: string, message: string, readonly queryCode = code) {
    super(message);
  }
}

/** One permission that a call needs; a call goes on only if it has all of its needs. */
export interface AccessNeed {
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN that policies are matched against, or `*` for actions without a resource. */
  readonly resource: string;
  /** How AWS names the resource in a refusal, where that is not the ARN. */
  readonly shownResource?: string;
  /** How AWS spells the action in a refusal, where it differs (SQS: lower case). */
  readonly shownAction?: string;
  /** Condition keys that this call sets beside the general ones, for example `dynamodb:LeadingKeys`. */
  readonly conditionKeys?: Readonly<Record<string, readonly string[]>>;
}

/** Where ARNs of a request's resources lie. */
export interface AccessPlace {
  readonly account: string;
  readonly region: string;
}

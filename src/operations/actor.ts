/**
 * Who starts a use case: a person at the command or in the console. Records keep the identifier beside the decision.
 */
export interface Actor {
  readonly id: string;
  /** As `role:company`; `*` stands for every company. */
  readonly roles: readonly string[];
}

/** What a person may be at the console; a group of the provider reads `role:company`. */
export const CONSOLE_ROLES = ['auditor', 'reviewer', 'agent', 'company_admin', 'operator'] as const;
export type ConsoleRole = (typeof CONSOLE_ROLES)[number];

export type AddedPerson =
  /** The pool mails them a first password. */
  | { readonly outcome: 'added' }
  /** They were there; they have the role now. */
  | { readonly outcome: 'known' }
  /** The stage has no user pool: it has no console, or another provider lets people in. */
  | { readonly outcome: 'no_pool' };

/** The port to the people whom the stage's own user pool lets in. */
export interface ConsolePeople {
  /** Repeatable. `group` is made where it is not there. */
  add(person: { readonly email: string; readonly group: string }): Promise<AddedPerson>;
}

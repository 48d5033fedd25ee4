import type { ConsoleRole } from '../../core/ports/console-people';
import { CONSOLE_ROLES } from '../../core/ports/console-people';

/** What a group of the provider says: `reviewer:acme`. */
export const ROLES = CONSOLE_ROLES;
export type Role = ConsoleRole;

/** Everything that a person may be let do. */
export const ACTIONS = [
  /** States, timelines, cost. */
  'see_states',
  /** The messages that wait for a decision, with their text and facts, and the decision. */
  'review',
  /** What recipients and the engine wrote in conversations that wait for an answer. */
  'answer',
  /** Text and facts of any conversation, without giving a reason. */
  'read_text',
  /** The same, with a reason that is recorded. */
  'reveal_text',
  /** Templates, cards, limits, keys, endpoints. */
  'configure',
  /** Dry runs, which the model is paid for. */
  'try',
  /** Dead letters, unconfirmed sends, health of the whole stage. */
  'operate',
  'see_audit',
] as const;
export type Action = (typeof ACTIONS)[number];

const ALLOWED: Readonly<Record<Role, readonly Action[]>> = {
  auditor: ['see_states', 'see_audit'],
  reviewer: ['see_states', 'review'],
  agent: ['see_states', 'answer'],
  company_admin: ['see_states', 'review', 'answer', 'read_text', 'configure', 'try', 'see_audit'],
  operator: ['see_states', 'reveal_text', 'configure', 'try', 'operate', 'see_audit'],
};

/** Every company. */
export const ALL = '*';

export interface Grant {
  readonly role: Role;
  readonly company: string;
}

/** Who is signed in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/**
 * Whether a person may do something for a company; for `*`, only who may for every company. Whatever is not allowed is
 * denied.
 */
export function may({ grants }: Pick<Person, 'grants'>, action: Action, company: string): boolean {
  return (
    company !== '' &&
    grants.some(
      (grant) => ALLOWED[grant.role].includes(action) && (grant.company === ALL || grant.company === company),
    )
  );
}

/** What a person may do for a company. */
export function actionsOf(person: Pick<Person, 'grants'>, company: string): readonly Action[] {
  return ACTIONS.filter((action) => may(person, action, company));
}

/** The companies that a person has a role in; `all` where it is every one. */
export function companiesOf({ grants }: Pick<Person, 'grants'>): {
  readonly all: boolean;
  readonly named: readonly string[];
} {
  const named = new Set(grants.map(({ company }) => company).filter((company) => company !== ALL));
  return { all: grants.some(({ company }) => company === ALL), named: [...named].sort() };
}

/** A company's identifier, as contract and keys have it: no colon, no hash. */
const COMPANY = /^[A-Za-z0-9][\w.-]{0,99}$/;

/** The grants that groups name; what is no `role:company` grants nothing. */
export function readGrants(groups: readonly string[]): readonly Grant[] {
  return groups.flatMap((group) => {
    const [role = '', company = '', ...more] = group.split(':');
    if (!isRole(role) || more.length > 0 || (company !== ALL && !COMPANY.test(company))) return [];
    return [{ role, company }];
  });
}

function isRole(word: string): word is Role {
  return ROLES.some((role) => role === word);
}

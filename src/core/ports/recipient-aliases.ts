import type { Identity } from '../recipient/identity';
import type { Timestamp } from './clock';

/** Two names of one person, as a vendor reported them in one signed call for one company. */
export interface LearnedAlias {
  readonly company: string;
  /** A telephone number. */
  readonly address: string;
  /** A business-scoped identifier: it means this person to this company alone. */
  readonly alias: string;
  readonly at: Timestamp;
}

/** The port to what vendors have reported of recipients' other names. */
export interface RecipientAliases {
  /** May be repeated; what is not a number and a business-scoped identifier is left alone. */
  learn(alias: LearnedAlias): Promise<void>;
  /** The other names by which a company, or any company if none is given, knows the person at an address. */
  aliasesOf(query: { readonly address: string; readonly company?: string }): Promise<readonly Identity[]>;
}

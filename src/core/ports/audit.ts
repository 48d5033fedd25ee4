import type { Timestamp } from './clock';

/** What people do that leaves an audit item: each read of a person's text, and each change. */
export const AUDITED_ACTIONS = [
  'read_text',
  'reveal',
  'approve',
  'reject',
  'acknowledge_replies',
  'take_over',
  'return_thread',
  'send_reply',
  'view_media',
  'rotate_secret',
  'test_endpoint',
  'cancel',
  'resolve',
  'retry',
  'opt_out',
  'lift_opt_out',
  'export_person',
  'erase_person',
  'apply_company',
  'change_template',
  'change_card',
  'create_key',
  'adopt_key',
  'rotate_key',
  'revoke_key',
  'store_secret',
  'add_endpoint',
  'remove_endpoint',
  'replay_events',
  'dry_run',
  'sign_in',
  'sign_out',
  'end_session',
] as const;
export type AuditedAction = (typeof AUDITED_ACTIONS)[number];

/** Who did what to which record. It names fields and never holds what stands in them. */
export interface AuditItem {
  readonly id: string;
  readonly at: Timestamp;
  /** Of the provider that signed the person in; of a command, the caller that AWS names. */
  readonly personId: string;
  readonly person: string;
  readonly by: 'console' | 'command';
  readonly action: AuditedAction;
  /** `*` where no one company is meant. */
  readonly company: string;
  readonly conversationId?: string;
  /** Names of the fields that were read or changed. */
  readonly fields: readonly string[];
  /** Why text was revealed, of a closed list. */
  readonly reason?: string;
}

/** The audit items of a company and day that come before a moment, the newest first. */
export interface AuditQuery {
  readonly company: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  /** The last item of the page before. */
  readonly after?: string;
  readonly limit: number;
}

export interface AuditPage {
  readonly items: readonly AuditItem[];
  readonly next?: string;
}

/** The port to the audit items, which can be added and read, and neither changed nor removed. */
export interface Audit {
  add(item: AuditItem): Promise<void>;
  list(query: AuditQuery): Promise<AuditPage>;
}

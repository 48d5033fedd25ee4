import type { Channel } from '../channel';
import type { Timestamp } from './clock';

/** A company record as it is stored: other tools write fields of their own. */
export type StoredRecord = Readonly<Record<string, unknown>>;

/** What a list shows of a project. */
export interface CompanySummary {
  readonly company_id: string;
  readonly project_id: string;
  readonly company_name: string;
  readonly project_name: string;
  readonly project_status: string;
  readonly allowed_channels: readonly string[];
  /** Absent where the record has none, or one that cannot be read. */
  readonly budget?: { readonly currency: string; readonly monthly_limit: number };
}

/** The port by which people read and change company records. */
export interface CompanyRecords {
  find(companyId: string, projectId: string): Promise<StoredRecord | undefined>;
  /** All projects of all companies, active ones first. */
  list(): Promise<readonly CompanySummary[]>;
  /** False if there is such a record already, unless it is this very one. */
  create(record: StoredRecord): Promise<boolean>;
  /** Writes what differs between the two; false if the record is no longer as it was read. */
  change(before: StoredRecord, after: StoredRecord): Promise<boolean>;
}

/** One version of a template, as it was in the company record. */
export interface TemplateVersion {
  readonly version: number;
  readonly template: StoredRecord;
  readonly written_at: Timestamp;
  /** Absent where another tool wrote it, and this one only found it. */
  readonly written_by?: string;
}

/** The templates of a channel, as its record names them: of messages, of reminders, and of what reopens a chat. */
export const TEMPLATE_KINDS = ['template', 'reminder_template', 'reopen_template'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** Whose template. */
export interface TemplateOwner {
  readonly companyId: string;
  readonly projectId: string;
  readonly channel: Channel;
  readonly kind: TemplateKind;
}

/** The port to every version of a template. */
export interface TemplateHistory {
  /** Keeping the same version twice changes nothing. */
  keep(owner: TemplateOwner, version: TemplateVersion): Promise<void>;
  /** Oldest first. */
  list(owner: TemplateOwner): Promise<readonly TemplateVersion[]>;
}

/** One version of an answer card, as it was in the company record. */
export interface CardVersion {
  readonly version: number;
  readonly card: StoredRecord;
  readonly written_at: Timestamp;
  /** Absent where another tool wrote it, and this one only found it. */
  readonly written_by?: string;
}

/** Whose card. */
export interface CardOwner {
  readonly companyId: string;
  readonly projectId: string;
  readonly cardId: string;
}

/** The port to every version of an answer card. */
export interface CardHistory {
  /** Keeping the same version twice changes nothing. */
  keep(owner: CardOwner, version: CardVersion): Promise<void>;
  /** Oldest first. A card that was removed keeps its versions. */
  list(owner: CardOwner): Promise<readonly CardVersion[]>;
}

import type { Channel } from '../channel';
import type { ChannelSettings } from '../company/company';
import type { CodeMeaning, CredentialField, WebhookRegistration } from './vendor';

/** One thing that was looked at. `warning`: it works, but may not go on working. */
export interface Finding {
  readonly subject: string;
  readonly verdict: 'ok' | 'warning' | 'fault' | 'skipped';
  /** What was found, and what to do where it is not well. */
  readonly words: string;
  /** What operators have a command or a button for. */
  readonly remedy?: FindingRemedy;
}

export type FindingRemedy =
  'apply_record' | 'dry_run' | 'set_template' | 'show_cards' | 'store_credentials' | 'store_model_key';

type Secret = Readonly<Record<string, string>>;

/** The port to what only the vendors can say about a company's accounts. */
export interface VendorAccounts {
  /** What a company's secret holds for the vendor of a channel. */
  credentialFields(channel: Channel): readonly CredentialField[];
  /** Fields of a template that only the vendor of a channel reads. */
  templateFields(channel: Channel): readonly string[];
  /** The URL that an operator enters at the vendor of a channel. */
  webhookUrl(baseUrl: string, owner: WebhookRegistration): string;
  /** What a code of the vendor of a channel means, where it is one. */
  codeMeaning(channel: Channel, code: string): CodeMeaning | undefined;
  /**
   * Credentials, sender and template of one channel at its vendor, and whether the vendor posts to `webhookUrl` what
   * comes in.
   */
  verifyChannel(settings: ChannelSettings, credentials: Secret, webhookUrl: string): Promise<readonly Finding[]>;
  /** The key and the model at the model's vendor. */
  verifyModel(settings: ChannelSettings, secret: Secret): Promise<Finding>;
  /** With which HTTP status a URL answers a call that no vendor signed, or why it did not answer. */
  callUnsigned(url: string): Promise<{ readonly status: number } | { readonly unreachable: string }>;
}

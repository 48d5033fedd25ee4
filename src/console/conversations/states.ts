import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

/** How a state is shown: its kind by form and colour, its name in words. */
const KINDS: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  initiated: 'pending',
  processing: 'in-progress',
  composed: 'in-progress',
  sending: 'in-progress',
  awaiting_review: 'warning',
  send_unknown: 'warning',
  send_unconfirmed: 'warning',
  initial_message_sent: 'success',
  suppressed: 'stopped',
  expired: 'stopped',
  rejected: 'stopped',
  superseded: 'stopped',
  cancelled: 'stopped',
};

export function kindOf(status: string): StatusIndicatorProps.Type {
  return KINDS[status] ?? (status.startsWith('failed') ? 'error' : 'info');
}

/** The stored word without its underscores: operators know them from the command. */
export function wordsOf(status: string): string {
  return status === 'initial_message_sent' ? 'sent' : status.replaceAll('_', ' ');
}

/** States and groups of them that the list can be narrowed to. */
export const LISTED: readonly string[] = [
  'open',
  'stuck',
  'waiting',
  'replied',
  'failed',
  'initiated',
  'awaiting_review',
  'processing',
  'composed',
  'sending',
  'send_unknown',
  'send_unconfirmed',
  'initial_message_sent',
  'suppressed',
  'expired',
  'rejected',
  'failed_secrets_fetch',
  'failed_to_process_ai',
  'failed_to_send_message',
  'failed_unknown',
];

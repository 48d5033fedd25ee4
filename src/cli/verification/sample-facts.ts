import type { ChannelSettings } from '../../core/company/company';
import type { ConversationRequest } from '../../core/contract/request';

/** A number and an address that belong to nobody (Ofcom's range for fiction, the domain for examples); a dry run sends to none. */
const NOBODY = { recipient_tel: '+447700900999', recipient_email: 'nobody@example.com' } as const;

/** A request that a template could be filled from: each fact that it copies, and one for each variable that the model writes. */
export function sampleRequestFor(record: Readonly<Record<string, unknown>>, { content }: ChannelSettings): ConversationRequest {
  const facts: Record<string, unknown> = {};
  for (const [name, { copy_of: copied, fallback }] of Object.entries(content.template.variables)) {
    if (copied === undefined) facts[`about_${name}`] = fallback ?? 'a sample of what a request would say here';
    else if (copied.startsWith('project_data.')) place(facts, copied.split('.').slice(1), 'Sample');
  }
  return {
    company_data: { company_id: String(record.company_id), project_id: String(record.project_id) },
    recipient_data: { recipient_first_name: 'Amara', recipient_last_name: 'Okafor', comms_consent: true, ...NOBODY },
    project_data: facts,
    request_data: { request_id: '00000000-0000-4000-8000-000000000000', channel_method: content.channel, initial_request_timestamp: '2026-01-01T00:00:00Z' },
  };
}

function place(facts: Record<string, unknown>, [step = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    facts[step] = value;
    return;
  }
  const before = facts[step];
  const inner: Record<string, unknown> = typeof before === 'object' && before !== null ? { ...before } : {};
  place(inner, rest, value);
  facts[step] = inner;
}

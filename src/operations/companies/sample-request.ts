import type { CopyFormat, TemplateVariable } from '../../core/channels/template-base';
import type { ChannelSettings } from '../../core/company/company';
import type { ConversationRequest } from '../../core/contract/request';
import type { StoredRecord } from '../../core/ports/company-records';

/** Reserved for fiction (Ofcom's range) and for examples; a dry run sends to neither. */
const NO_RECIPIENT = { recipient_tel: '+447700900999', recipient_email: 'nobody@example.com' } as const;

const SAMPLE_TEXT = 'a sample of what a request would say here';

/** A fact of each form. */
const SAMPLES: Readonly<Record<CopyFormat, unknown>> = {
  date: '2026-01-31',
  time: '14:30',
  amount: { amount: 12.5, currency: 'EUR' },
  phone: '+447700900999',
  list: ['one', 'two'],
};

function stepsOf(path: string): readonly string[] {
  return path.split('.').slice(1);
}

/**
 * A request that a template could be filled from: each fact that it copies, and one for each variable that the model
 * writes.
 */
export function sampleRequestFor(record: StoredRecord, { content }: ChannelSettings): ConversationRequest {
  const facts: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<TemplateVariable>(content.template.variables)) {
    const { copy_of: copied, fallback, format, facts: scope } = variable;
    const own = scope?.find((path) => path.startsWith('project_data.'));
    if (copied === undefined && own !== undefined) {place(facts, stepsOf(own), fallback ?? SAMPLE_TEXT);} else if (copied === undefined) {facts[`about_${name}`] = fallback ?? SAMPLE_TEXT;} else if (copied.startsWith('project_data.')) {place(facts, stepsOf(copied), format === undefined ? 'Sample' : SAMPLES[format]);}
  }
  return {
    company_data: { company_id: String(record.company_id), project_id: String(record.project_id) },
    recipient_data: {
      recipient_first_name: 'Amara',
      recipient_last_name: 'Okafor',
      comms_consent: true,
      ...NO_RECIPIENT,
    },
    project_data: facts,
    request_data: {
      request_id: '00000000-0000-4000-8000-000000000000',
      channel_method: content.channel,
      initial_request_timestamp: '2026-01-01T00:00:00Z',
    },
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

import type { ConversationStatus } from '../../src/core/lifecycle/conversation';
import type { ProcessorWorld } from './processor-world';
import { SAMPLE_CREDENTIALS_SECRET, sampleCompany } from './sample-message';

export interface Scenario {
  /** Completes "a message …". */
  readonly name: string;
  /** Where it comes to rest if nothing happens. */
  readonly ending: ConversationStatus;
  arrange(world: ProcessorWorld): void;
}

const busy = { outcome: 'not_sent', detail: '429', retryAfterSeconds: 30 } as const;
const refused = { outcome: 'refused', retry: 'never', vendorCode: '1' } as const;

export const GOES_WELL: Scenario = { name: 'that goes well', ending: 'initial_message_sent', arrange: () => undefined };

export const SCENARIOS: readonly Scenario[] = [
  GOES_WELL,
  {
    name: 'for a vendor that is busy twice',
    ending: 'initial_message_sent',
    arrange: ({ provider }) => provider.arrange(busy, 2),
  },
  { name: 'whose answer is lost', ending: 'send_unknown', arrange: ({ provider }) => provider.arrangeLostAnswer() },
  {
    name: 'that the vendor refuses',
    ending: 'failed_to_send_message',
    arrange: ({ provider }) => provider.arrange({ ...refused, reason: 'recipient_unreachable' }, 9),
  },
  {
    name: 'to a recipient who opted out at the vendor',
    ending: 'suppressed',
    arrange: ({ provider }) => provider.arrange({ ...refused, reason: 'recipient_opted_out' }, 9),
  },
  {
    name: 'for a model that is away twice',
    ending: 'initial_message_sent',
    arrange: ({ model }) => model.arrange({ outcome: 'unavailable', retryAfterSeconds: 20 }, 2),
  },
  {
    name: 'that cannot be proved',
    ending: 'awaiting_review',
    arrange: ({ model }) => model.arrangeValues({ question: 'please visit https://evil.example.org now' }, 20),
  },
  {
    name: 'whose credentials are gone',
    ending: 'failed_secrets_fetch',
    arrange: ({ secrets }) => secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'missing' }),
  },
  {
    name: 'of a project that was switched off',
    ending: 'failed_unknown',
    arrange: ({ directory }) => directory.seedCompany(sampleCompany({ project_status: 'inactive' })),
  },
];


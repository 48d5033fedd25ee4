import type { OperationPorts } from '../../src/operations/ports';
import type { Finding } from '../../src/core/ports/vendor-accounts';
import type { StoredRecord } from '../../src/core/ports/company-records';
import { resourceNames } from '../../src/core/names';
import { FakeClock } from './fake-clock';
import { FakeModel } from './fake-model';
import { MemoryDirectory } from './memory-directory';
import { SAMPLE_CREDENTIALS_SECRET, SAMPLE_MODEL_SECRET, SAMPLE_VALUES, sampleCompany } from './sample-message';

type Ports = Pick<
  OperationPorts,
  'clock' | 'companies' | 'directory' | 'gatewayKeys' | 'model' | 'names' | 'probe' | 'secrets' | 'vendors'
>;

const KEY = { ai_api_key: 'sample-model-key' };
const AT_VENDOR: readonly Finding[] = [{ subject: 'account', verdict: 'ok', words: 'is active' }];

/** A healthy deployed stage with one company; a test breaks what it is about. */
export function stageToExamine(record: StoredRecord = sampleCompany()) {
  const names = resourceNames('dev');
  const secrets = new Map<string, Readonly<Record<string, string>>>([
    [SAMPLE_MODEL_SECRET, KEY],
    [SAMPLE_CREDENTIALS_SECRET, { sample_key: 'sample-credential' }],
    ...(['whatsapp', 'sms', 'email'] as const).map((channel) => [names.modelSecret(channel), KEY] as const),
  ]);
  const directory = new MemoryDirectory();
  jest.spyOn(directory, 'findCompany').mockResolvedValue(record);
  const summary = {
    company_id: 'brightpath', project_id: 'cv-review', company_name: '', project_name: '', project_status: 'active',
    allowed_channels: [],
  };
  const model = new FakeModel(SAMPLE_VALUES);
  const ports: Ports = {
    names,
    clock: new FakeClock(),
    directory,
    model,
    companies: {
      list: async () => Promise.resolve([summary]),
      find: async () => Promise.resolve<StoredRecord | undefined>(record),
      create: async () => Promise.resolve(true),
      change: async () => Promise.resolve(true),
    },
    gatewayKeys: {
      create: async () => Promise.reject(new Error('An examination makes no key.')),
      attach: async () => Promise.reject(new Error('An examination attaches no key.')),
      remove: async () => Promise.reject(new Error('An examination removes no key.')),
      read: async () => Promise.resolve(undefined),
      withName: async () => Promise.resolve([]),
      planId: async () => Promise.resolve<string | undefined>('plan'),
    },
    secrets: {
      read: async (name: string) => {
        const fields = secrets.get(name);
        return Promise.resolve(fields ? { state: 'found' as const, fields } : { state: 'missing' as const });
      },
      store: async () => Promise.reject(new Error('An examination stores no secret.')),
      list: async () => Promise.resolve([...secrets.keys()]),
    },
    probe: {
      kind: 'deployed',
      caller: async () => Promise.resolve<string | undefined>('arn:aws:iam::1:user/robin'),
      stackStatus: async () => Promise.resolve<string | undefined>('UPDATE_COMPLETE'),
      tableStatus: async () => Promise.resolve<string | undefined>('ACTIVE'),
      hasQueue: async () => Promise.resolve(true),
      alarmSubscribers: async () => Promise.resolve({ topic: 'there' as const, confirmed: 1, unconfirmed: 0 }),
      apiUrl: async () => Promise.resolve('https://api.example.com'),
    },
    vendors: {
      credentialFields: () => [{ name: 'sample_key', required: true, description: '', fault: () => undefined }],
      templateFields: () => ['content_sid'],
      webhookUrl: (base: string, { channel }: { readonly channel: string }) => `${base}/webhooks/${channel}`,
      codeMeaning: () => undefined,
      verifyChannel: async () => Promise.resolve(AT_VENDOR),
      verifyModel: async () => Promise.resolve<Finding>({ subject: 'model', verdict: 'ok', words: 'answers' }),
      callUnsigned: async () => Promise.resolve({ status: 403 }),
    },
  };
  return { ports, model, names, secrets, summary };
}

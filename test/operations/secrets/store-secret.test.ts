import { resourceNames } from '../../../src/core/names';
import { listSecrets } from '../../../src/operations/secrets/check-secret';
import { storeSecret } from '../../../src/operations/secrets/store-secret';

const names = resourceNames('dev');
const OLD_NAME = 'ai-multi-comms/whatsapp-credentials/cucumber-recruitment/clarify-cv/twilio-dev';
const OWN_NAME = names.credentialSecret('whatsapp', 'cucumber', 'cv');

/** A stage with one company whose record names its credentials so. */
function stageWith(credentialsId: string | undefined, others: readonly string[] = []) {
  const stored = new Map<string, Readonly<Record<string, string>>>();
  const record = {
    company_id: 'cucumber',
    channel_config: { whatsapp: { company_whatsapp_number: '+447700900001', whatsapp_credentials_id: credentialsId } },
  };
  return {
    stored,
    names,
    companies: {
      find: () => Promise.resolve(record),
      list: () =>
        Promise.resolve(
          ['cucumber', ...others].map((company_id) => ({
            company_id,
            project_id: 'cv',
            company_name: '',
            project_name: '',
            project_status: 'active',
            allowed_channels: [],
          })),
        ),
      create: () => Promise.resolve(true),
      change: () => Promise.resolve(true),
    },
    secrets: {
      read: (name: string) => {
        const fields = stored.get(name);
        return Promise.resolve(fields ? ({ state: 'found', fields } as const) : ({ state: 'missing' } as const));
      },
      store: (name: string, fields: Readonly<Record<string, string>>) => {
        stored.set(name, fields);
        return Promise.resolve('created' as const);
      },
      list: () => Promise.resolve([...stored.keys()]),
    },
    vendors: {
      credentialFields: () => [{ name: 'token', description: '', required: true, fault: () => undefined }],
    } as never,
  };
}

const OWNER = { kind: 'credentials', channel: 'whatsapp', company: 'cucumber', project: 'cv' } as const;
const enter = () => Promise.resolve({ token: 'sample' });

test('the name that the record gives is kept, as the engine before this one wrote it', async () => {
  const stage = stageWith(OLD_NAME);
  expect(await storeSecret(stage, OWNER, enter)).toMatchObject({ outcome: 'created', secret: OLD_NAME });
  expect([...stage.stored.keys()]).toEqual([OLD_NAME]);
});

test.each([[undefined], ['another-product/token'], [OWN_NAME]])(
  "with %s in the record it is the stage's own name",
  async (named) => {
    expect(await storeSecret(stageWith(named), OWNER, enter)).toMatchObject({ outcome: 'created', secret: OWN_NAME });
  },
);

test('a name that belongs to another company of the stage is refused before anything is read or written', async () => {
  const stage = stageWith(names.credentialSecret('whatsapp', 'zenith', 'cv'), ['zenith']);
  const entered: string[] = [];
  const result = await storeSecret(stage, OWNER, () => Promise.resolve((entered.push('asked'), { token: 'sample' })));
  expect(result).toMatchObject({ outcome: 'foreign', company: 'zenith' });
  expect([...stage.stored.keys(), ...entered]).toEqual([]);
});

test('the list shows secrets by either name, and those of no channel not at all', async () => {
  const stage = stageWith(OLD_NAME);
  stage.stored.set(OLD_NAME, { token: 'sample' });
  stage.stored.set(OWN_NAME, {});
  stage.stored.set('ai-multi-comms/whatsapp-credentials/cucumber/cv/twilio-prod', {});
  const listed = (await listSecrets(stage)).filter(({ kind }) => kind === 'credentials');
  expect(listed.map(({ complete, name }) => [name, complete])).toEqual([[OLD_NAME, true], [OWN_NAME, false]]);
});

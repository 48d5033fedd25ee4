import { resourceNames } from '../../src/core/names';
import type { SecretUse } from '../../src/core/ports/secret-store';
import { PermittedSecrets } from '../../src/secrets/permitted-secrets';

const NAMES = resourceNames('dev');
const OWN = NAMES.credentialSecret('sms', 'brightpath', 'cv-review');
const USE: SecretUse = { kind: 'credentials', channel: 'sms', company: 'brightpath' };
const FOUND = { outcome: 'found', fields: { token: 'sample' } } as const;
const NOT_PERMITTED = { outcome: 'not_permitted' };

/** A stage on which `brightpath` and `northwind` are companies. */
function arranged() {
  const asked: string[] = [];
  const read = jest.fn().mockResolvedValue(FOUND);
  let now = 0;
  const hasCompany = (company: string) => {
    asked.push(company);
    return Promise.resolve(['brightpath', 'northwind'].includes(company));
  };
  const secrets = new PermittedSecrets({ read }, NAMES, hasCompany, () => now);
  const later = (milliseconds: number) => { now += milliseconds; };
  return { secrets, read, asked, later };
}

test('a company reads its own credentials, and no other company is asked after', async () => {
  const { secrets, read, asked } = arranged();
  expect(await secrets.read(OWN, USE, { pastCache: true })).toEqual(FOUND);
  expect(read.mock.calls).toEqual([[OWN, { pastCache: true }]]);
  expect(asked).toEqual([]);
});

test.each([
  ['of another company', NAMES.credentialSecret('sms', 'northwind', 'cv-review')],
  ['of another company and no project of it', NAMES.credentialSecret('sms', 'northwind', 'elsewhere')],
  ['of another channel', NAMES.credentialSecret('email', 'brightpath', 'cv-review')],
  ['of another stage', resourceNames('prod').credentialSecret('sms', 'brightpath', 'cv-review')],
  ['of no form that the role may read', 'brightpath/twilio'],
  ['that is the key of the model', NAMES.modelSecret('sms')],
  ['without a company', 'ai-multi-comms/sms-credentials//cv-review/twilio-dev'],
  ['of nothing', ''],
])('credentials %s are not read', async (_what, name) => {
  const { secrets, read } = arranged();
  expect(await secrets.read(name, USE)).toEqual(NOT_PERMITTED);
  expect(read).not.toHaveBeenCalled();
});

test('credentials under the short name by which the engine before this one knew the company are read', async () => {
  const { secrets } = arranged();
  const old = NAMES.credentialSecret('sms', 'bright-path-recruitment', 'clarify-cv');
  expect(await secrets.read(old, USE)).toEqual(FOUND);
});

test('whether a company exists is remembered for a while, and asked again after it', async () => {
  const { secrets, asked, later } = arranged();
  const foreign = NAMES.credentialSecret('sms', 'northwind', 'cv-review');
  for (let count = 0; count < 3; count += 1) expect(await secrets.read(foreign, USE)).toEqual(NOT_PERMITTED);
  expect(asked).toEqual(['northwind']);
  later(5 * 60_000);
  await secrets.read(foreign, USE);
  expect(asked).toHaveLength(2);
});

test('a company that cannot be looked up leaves the secret unread, for now', async () => {
  const read = jest.fn();
  const secrets = new PermittedSecrets({ read }, NAMES, () => Promise.reject(new Error('out of reach')));
  const foreign = NAMES.credentialSecret('sms', 'northwind', 'cv-review');
  expect(await secrets.read(foreign, USE)).toEqual({ outcome: 'unavailable' });
  expect(read).not.toHaveBeenCalled();
});

test("a channel reads its own model's key and no other", async () => {
  const { secrets } = arranged();
  const use = { kind: 'model', channel: 'sms' } as const;
  expect(await secrets.read(NAMES.modelSecret('sms'), use)).toEqual(FOUND);
  for (const name of [NAMES.modelSecret('email'), OWN, resourceNames('prod').modelSecret('sms')]) {
    expect(await secrets.read(name, use)).toEqual(NOT_PERMITTED);
  }
});

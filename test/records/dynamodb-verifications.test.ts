import { DynamoDbCompanies } from '../../src/records/dynamodb-companies';
import { DynamoDbVerifications } from '../../src/records/dynamodb-verifications';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

const OWNER = { companyId: 'acme', projectId: 'sales' };
const FINDING = { subject: 'account', verdict: 'fault', words: 'The key is refused.', remedy: 'store_credentials' } as const;
const verification = { channel: 'sms', at: '2026-11-02T09:00:00.000Z', by: 'Sam Reyes', findings: [FINDING] } as const;

describe('what verifications found', () => {
  let dynalite: DynaliteTables;
  beforeAll(async () => {
    dynalite = await startDynaliteTables();
  });
  afterAll(() => dynalite.stop());

  test('is kept by project and channel, the newest alone, and is no company', async () => {
    const verifications = new DynamoDbVerifications(dynalite.records, dynalite.tables.companies);
    await verifications.keep(OWNER, { ...verification, findings: [] });
    await verifications.keep(OWNER, verification);
    const email = { ...verification, channel: 'email', findings: [{ subject: 'webhook', verdict: 'ok', words: 'answers' }] } as const;
    await verifications.keep(OWNER, email);
    expect(await verifications.list(OWNER)).toEqual([email, verification]);
    expect(await verifications.list({ ...OWNER, projectId: 'other' })).toEqual([]);
    expect(await new DynamoDbCompanies(dynalite.records, dynalite.tables.companies).list()).toEqual([]);
  });
});

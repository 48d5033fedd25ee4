import { dryRunLines } from '../../../src/cli/requests/dry-run-command';
import type { DryRun } from '../../../src/operations/dry-run/dry-run';
import { dryRun } from '../../../src/operations/dry-run/dry-run';
import type { ConversationRequest } from '../../../src/core/contract/request';
import { FakeClock } from '../../support/fake-clock';
import { FakeModel } from '../../support/fake-model';
import { MemoryDirectory } from '../../support/memory-directory';
import { sampleCompany } from '../../support/sample-message';

const request: ConversationRequest = {
  company_data: { company_id: 'brightpath', project_id: 'cv-review' },
  recipient_data: { recipient_first_name: 'Ada', recipient_tel: '+447700900123', comms_consent: true },
  project_data: { position: 'Backend engineer', open_point: 'Ida Moe asks about the gap from May 2021' },
  request_data: {
    request_id: '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90',
    channel_method: 'sms',
    initial_request_timestamp: '2026-11-02T09:00:00.000Z',
  },
};

async function explained(question: string, explains = true): Promise<DryRun> {
  const directory = new MemoryDirectory();
  jest.spyOn(directory, 'findCompany').mockResolvedValue(sampleCompany());
  const secrets = {
    read: async () => Promise.resolve({ state: 'found', fields: { ai_api_key: 'key' } } as const),
    store: jest.fn(),
    list: jest.fn(),
  };
  const ports = { clock: new FakeClock(), directory, secrets, model: new FakeModel({ question }) };
  const result = await dryRun(request, ports, { explains });
  if (!('values' in result)) throw new Error(`Nothing was composed: ${result.outcome}`);
  return result;
}

test('each claim of a proved value is explained by the fact that proves it', async () => {
  const { values } = await explained('what did you do from May 2021, asks Ida Moe?');
  expect(values.map(({ claims }) => claims)).toEqual([
    ['the whole value: copied from recipient_data.recipient_first_name'],
    [
      '"May 2021" (date): proved by project_data.open_point ("May 2021")',
      '"Ida" (name): proved by project_data.open_point ("Ida")',
      '"Moe" (name): proved by project_data.open_point ("Moe")',
    ],
  ]);
});

test('of words that were refused it is said what they were, and why', async () => {
  const [, { claims = [] } = {}] = (await explained('what did Tom do from May 2021?')).values;
  expect(claims[0]).toBe('the model wrote: what did Tom do from May 2021?');
  expect(claims).toContainEqual(expect.stringMatching(/^"Tom" \(name\): refused\. The value names a person/));
  expect(claims).toContainEqual('"May 2021" (date): proved by project_data.open_point ("May 2021")');
});

test('the sentences stand below their value, and only where they are asked for', async () => {
  const question = 'what did you do from May 2021?';
  expect(dryRunLines(await explained(question), 200)).toContain(
    '          "May 2021" (date): proved by project_data.open_point ("May 2021")',
  );
  expect(dryRunLines(await explained(question, false), 200).join('\n')).not.toContain('proved by');
});

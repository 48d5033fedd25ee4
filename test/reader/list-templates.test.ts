import type { KeyGrant } from '../../src/core/ports/directory';
import { sha256 } from '../../src/core/sha256';
import { listTemplates } from '../../src/reader/list-templates';
import { templatesAnswerSchema } from '../../src/reader/template-answer';
import { FakeClock } from '../support/fake-clock';
import { FakeObserver } from '../support/fake-observer';
import { MemoryDirectory } from '../support/memory-directory';
import { sampleCompany, sampleCompanyWithTemplate } from '../support/sample-message';

const API_KEY = 'sample-key-of-brightpath';
let directory: MemoryDirectory;
let observer: FakeObserver;

beforeEach(() => {
  directory = new MemoryDirectory();
  observer = new FakeObserver();
});

async function list(
  grant: Partial<KeyGrant> = {},
  ports: Partial<Parameters<typeof listTemplates>[1]> = {},
  apiKey?: string,
) {
  const created_at = '2026-01-01T00:00:00.000Z';
  directory.seedKey(sha256(API_KEY), { company_id: 'brightpath', project_ids: ['*'], created_at, ...grant });
  const all = { directory, observer, clock: new FakeClock(), ...ports };
  const { status, headers, body } = await listTemplates({ apiKey: apiKey ?? API_KEY }, all, [
    'https://app.example.com',
  ]);
  const json = JSON.parse(body);
  const names: string[] = (json.templates ?? []).map(
    (one: Record<string, string>) => `${one.project_id} ${one.channel_method}`,
  );
  return { status, headers, json, names };
}

test('each template is listed with what a request must have and what stands in each variable', async () => {
  const needs = ['recipient_data.recipient_first_name', 'project_data.unclear_point'];
  const answers = [{ name: 'shift', question: 'Which shift?', type: 'choice', choices: ['Early', 'Late'] }];
  directory.seedCompany(sampleCompanyWithTemplate({ needs, on_fallback: 'review', answers }));
  const { status, headers, json, names } = await list();
  expect([status, headers['Cache-Control']]).toEqual([200, 'no-store']);
  expect(templatesAnswerSchema.safeParse(json).error).toBeUndefined();
  expect(names).toEqual(['cv-review whatsapp', 'cv-review sms', 'cv-review email']);
  expect(json.templates[1]).toEqual({
    project_id: 'cv-review',
    channel_method: 'sms',
    name: 'cv_question',
    version: 3,
    language: 'en-GB',
    needs,
    on_fallback: 'review',
    variables: [
      {
        name: 'first_name',
        description: "The candidate's first name.",
        max_length: 40,
        required: true,
        copy_of: 'recipient_data.recipient_first_name',
        format: null,
        facts: null,
        has_fallback: false,
      },
      {
        name: 'question',
        description: 'What the candidate should clarify.',
        max_length: 120,
        required: true,
        copy_of: null,
        format: null,
        facts: null,
        has_fallback: false,
      },
    ],
    answers: [
      { name: 'shift', question: 'Which shift?', type: 'choice', choices: ['Early', 'Late'], required: true },
    ],
  });
});

test('a template that does not say sends its fallbacks and needs nothing', async () => {
  directory.seedCompany(sampleCompany());
  expect((await list()).json.templates[0]).toMatchObject({ needs: [], on_fallback: 'send' });
});

test('a key sees its own projects alone, and of them what can send now', async () => {
  directory.seedCompany(sampleCompany());
  directory.seedCompany(sampleCompany({ project_id: 'other' }));
  directory.seedCompany(sampleCompany({ project_id: 'off', project_status: 'inactive' }));
  directory.seedCompany(sampleCompany({ project_id: 'mail', allowed_channels: ['email'] }));
  directory.seedCompany(sampleCompany({ project_id: 'incomplete', channel_config: {} }));
  directory.seedCompany(sampleCompany({ company_id: 'rival' }));
  expect((await list({ project_ids: ['other'] })).names).toEqual(['other whatsapp', 'other sms', 'other email']);
  expect((await list()).names).toHaveLength(7);
  expect((await list({ company_id: 'rival' })).json.company_id).toBe('rival');
  expect((await list({ company_id: 'rival' })).names).toHaveLength(3);
});

test('secrets, senders, instructions and texts of templates stay inside', async () => {
  directory.seedCompany(sampleCompany());
  const { json } = await list();
  expect(JSON.stringify(json)).not.toMatch(/sample\/|\+447700900|Ask politely|Hello|HX0/);
});

test('a key that is missing, unknown, revoked or expired is refused', async () => {
  directory.seedCompany(sampleCompany());
  const past = '2026-01-02T00:00:00.000Z';
  expect((await list({ revoked_at: past })).json.error_code).toBe('FORBIDDEN');
  expect((await list({ expires_at: past })).json.error_code).toBe('FORBIDDEN');
  expect((await list({}, {}, 'no such key')).status).toBe(403);
  expect((await listTemplates({}, { directory, observer, clock: new FakeClock() }, ['*'])).status).toBe(403);
});

test('a database that is out of reach is answered as such', async () => {
  const broken = { keyGrant: () => Promise.reject(new Error('down')), projectsOf: () => Promise.resolve([]) };
  const { status, json } = await list({}, { directory: broken });
  expect([status, json.error_code]).toEqual([500, 'DATABASE_ERROR']);
});

import { readFileSync } from 'node:fs';
import { sampleCompany } from '../support/sample-message';
import { RouterWorld, sampleRequest } from './router-world';

type Sections = Parameters<typeof sampleRequest>[0];

const changed = (changes: Sections) => () => sampleRequest(changes);
const recipient = (fields: Readonly<Record<string, unknown>>) => changed({ recipient_data: fields });
const identified = (fields: Readonly<Record<string, unknown>>) => changed({ request_data: fields });
const company = (fields: Readonly<Record<string, unknown>>) => changed({ company_data: fields });
const instead = (fields: Readonly<Record<string, unknown>>) => () => ({ ...sampleRequest(), ...fields });

/** What the engine before this one accepted. */
const ACCEPTED: ReadonlyArray<readonly [string, () => unknown]> = [
  ['all sections, by WhatsApp', identified({ channel_method: 'whatsapp' })],
  ['all sections, by SMS', identified({ channel_method: 'sms' })],
  ['all sections, by e-mail', identified({ channel_method: 'email' })],
  ['the channel in capitals', identified({ channel_method: 'WhatsApp' })],
  ['no names', recipient({ recipient_first_name: undefined, recipient_last_name: undefined })],
  ['no last name', recipient({ recipient_last_name: undefined })],
  ['an empty first name', recipient({ recipient_first_name: '' })],
  ['a name that is null', recipient({ recipient_last_name: null })],
  ['no e-mail address, by SMS', recipient({ recipient_email: undefined })],
  ['an e-mail address that is null, by SMS', recipient({ recipient_email: null })],
  [
    'no telephone number, by e-mail',
    changed({ recipient_data: { recipient_tel: undefined }, request_data: { channel_method: 'email' } }),
  ],
  ['an API key in the body', company({ api_key: 'old-key' })],
  ["a section of the client's own", instead({ metadata: { source: 'crm' } })],
  ["a field of the client's own", identified({ source_system: 'crm' })],
  ['no facts', instead({ project_data: undefined })],
  ['facts that are null', instead({ project_data: null })],
  ['nested facts', changed({ project_data: { job: { title: 'Nurse', shifts: ['early', { from: 7 }] } } })],
  ['a date without a time', identified({ initial_request_timestamp: '2026-11-02' })],
  [
    'a time with milliseconds and an offset',
    identified({ initial_request_timestamp: '2026-11-02T09:58:00.123+01:00' }),
  ],
  ['a time without an offset', identified({ initial_request_timestamp: '2026-11-02T08:58:00' })],
];

/** What it refused, with its code, and this engine's where it is another one (docs/adopting.md says why). */
const REFUSED: ReadonlyArray<readonly [string, () => unknown, string, string?]> = [
  ['no company section', instead({ company_data: undefined }), 'MISSING_COMPANY_DATA'],
  ['no recipient section', instead({ recipient_data: undefined }), 'MISSING_RECIPIENT_DATA'],
  ['no request section', instead({ request_data: undefined }), 'MISSING_REQUEST_DATA'],
  [
    'a request section that is null',
    instead({ request_data: null }),
    'INVALID_REQUEST_DATA_TYPE',
    'MISSING_REQUEST_DATA',
  ],
  ['a company section that is a text', instead({ company_data: 'brightpath' }), 'INVALID_COMPANY_DATA_TYPE'],
  ['a recipient section that is a list', instead({ recipient_data: [] }), 'INVALID_RECIPIENT_DATA_TYPE'],
  ['facts that are a list', instead({ project_data: [] }), 'INVALID_PROJECT_DATA_TYPE'],
  ['a request section that is a number', instead({ request_data: 7 }), 'INVALID_REQUEST_DATA_TYPE'],
  ['no project', company({ project_id: undefined }), 'MISSING_IDENTIFIERS'],
  ['no company', company({ company_id: '' }), 'MISSING_IDENTIFIERS'],
  ['no identifier', identified({ request_id: undefined }), 'MISSING_REQUEST_ID'],
  [
    'an identifier that is not a UUID',
    identified({ request_id: 'first' }),
    'INVALID_REQUEST_ID_FORMAT',
    'INVALID_REQUEST_ID',
  ],
  ['no channel', identified({ channel_method: undefined }), 'MISSING_CHANNEL_METHOD'],
  [
    'a channel that is a number',
    identified({ channel_method: 7 }),
    'INVALID_CHANNEL_METHOD_FORMAT',
    'UNSUPPORTED_CHANNEL',
  ],
  ['an unknown channel', identified({ channel_method: 'fax' }), 'UNSUPPORTED_CHANNEL'],
  ['no timestamp', identified({ initial_request_timestamp: undefined }), 'MISSING_INITIAL_REQUEST_TIMESTAMP'],
  [
    'a timestamp in words',
    identified({ initial_request_timestamp: 'yesterday' }),
    'INVALID_INITIAL_REQUEST_TIMESTAMP_FORMAT',
    'INVALID_TIMESTAMP',
  ],
  ['no telephone number, by SMS', recipient({ recipient_tel: undefined }), 'MISSING_RECIPIENT_TEL'],
  ['a telephone number without its country', recipient({ recipient_tel: '07700 900123' }), 'INVALID_RECIPIENT_TEL'],
  [
    'no e-mail address, by e-mail',
    changed({ recipient_data: { recipient_email: undefined }, request_data: { channel_method: 'email' } }),
    'MISSING_RECIPIENT_EMAIL',
  ],
  [
    'an e-mail address without a domain',
    changed({ recipient_data: { recipient_email: 'ada' }, request_data: { channel_method: 'email' } }),
    'INVALID_RECIPIENT_EMAIL',
  ],
  ['no consent', recipient({ comms_consent: undefined }), 'MISSING_COMMS_CONSENT'],
  ['a consent in words', recipient({ comms_consent: 'yes' }), 'INVALID_COMMS_CONSENT_TYPE'],
];

describe('a request as clients of the engine before this one send it', () => {
  test.each(ACCEPTED)('with %s is accepted', async (_words, body) => {
    const answer = await new RouterWorld().post(body());
    expect([answer.status, answer.json.status, answer.json.request_id]).toEqual([
      200,
      'success',
      sampleRequest().request_data.request_id,
    ]);
    expect(answer.json).toMatchObject({ message: expect.any(String), queue_timestamp: expect.any(String) });
  });

  test('is accepted where the gateway hands it over in base64', async () => {
    const world = new RouterWorld();
    const body = Buffer.from(JSON.stringify(sampleRequest())).toString('base64');
    expect((await world.post(undefined, { body, isBase64: true })).status).toBe(200);
  });

  test('keeps no API key that it has in its body', async () => {
    const world = new RouterWorld();
    await world.post(company({ api_key: 'old-key' })());
    expect(
      JSON.stringify([world.conversations.all(), world.directory.allIdempotencyRecords(), world.queue.enqueued]),
    ).not.toContain('old-key');
    expect(world.observer.everything()).not.toContain('old-key');
  });

  test.each(REFUSED.map(([words, body, earlier, code = earlier]) => ({ words, body, code })))(
    'with $words is refused',
    async ({ body, code }) => {
      const answer = await new RouterWorld().post(body());
      expect([answer.status, answer.json.error_code]).toEqual([400, code]);
      expect(answer.json).toMatchObject({
        status: 'error',
        message: expect.any(String),
        request_id: expect.any(String),
      });
    },
  );

  test('finds its company where an older tool wrote the representative as a text, and left sections empty', async () => {
    const world = new RouterWorld({
      company_rep: 'Jane Example',
      rate_limits: null,
      auto_queue_initial_message_from_number: null,
    });
    expect((await world.post(sampleRequest())).status).toBe(200);
  });

  test('finds its company where a channel that is allowed no longer has an incomplete section', async () => {
    const { channel_config: channels } = sampleCompany();
    const world = new RouterWorld({
      allowed_channels: ['sms', 'fax'],
      channel_config: { ...channels, whatsapp: { company_whatsapp_number: '' } },
    });
    expect((await world.post(sampleRequest())).status).toBe(200);
  });
});

test('each code that differs is listed for the day of the takeover', () => {
  const page = readFileSync('docs/adopting.md', 'utf8');
  const different = REFUSED.flatMap(([, , earlier, code]) =>
    code === undefined ? [] : [`\`${code}\` instead of \`${earlier}\``],
  );
  expect(different.filter((words) => !page.includes(words))).toEqual([]);
});

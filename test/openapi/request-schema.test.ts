import { REQUEST_EXAMPLES } from '../../src/openapi/examples';
import type { Json } from '../../src/openapi/json';
import { isJson } from '../../src/openapi/json';
import { checkRequest } from '../../src/router/check-request';
import { apiSchemas } from './api-schemas';

const validate = apiSchemas({ closed: false }).at('components', 'schemas', 'ConversationRequest');
const whatsapp = REQUEST_EXAMPLES.whatsapp?.value ?? {};

/** The example with one field set; undefined takes it away. */
function changed(path: string, value: unknown): Json {
  const [section = '', field] = path.split('.');
  if (field === undefined) return JSON.parse(JSON.stringify({ ...whatsapp, [section]: value }));
  const inSection = whatsapp[section];
  return JSON.parse(
    JSON.stringify({ ...whatsapp, [section]: { ...(isJson(inSection) && inSection), [field]: value } }),
  );
}

const verdicts = (body: Json) => ({ document: validate(body), router: checkRequest(body).valid });

describe('the document judges a request as the router does', () => {
  test.each([
    ['company_data', undefined],
    ['company_data', 7],
    ['company_data.company_id', ' '],
    ['company_data.company_id', undefined],
    ['company_data.project_id', 7],
    ['recipient_data', []],
    ['recipient_data.recipient_first_name', '\t'],
    ['recipient_data.recipient_first_name', 'Am\nara'],
    ['recipient_data.recipient_last_name', 'x'.repeat(101)],
    ['recipient_data.recipient_tel', undefined],
    ['recipient_data.recipient_tel', '07700 900210'],
    ['recipient_data.recipient_tel', '+44770090021012345'],
    ['recipient_data.recipient_tel', '+4407700900210'],
    ['recipient_data.recipient_tel', '+38044773977477'.replace('+380', '+3800')],
    ['recipient_data.recipient_email', `${'a'.repeat(65)}@example.com`],
    ['recipient_data.recipient_email', 'amara'],
    ['recipient_data.recipient_email', 'amara@example'],
    ['recipient_data.recipient_email', `a@${'abcdefghi.'.repeat(25)}com`],
    ['recipient_data.comms_consent', undefined],
    ['recipient_data.comms_consent', 'yes'],
    ['project_data', 'facts'],
    ['project_data', ['facts']],
    ['project_data', { big: 9_007_199_254_740_993 }],
    ['project_data', { list: [{ tiny: 1e-131 }] }],
    ['project_data', { '': 'no name' }],
    ['project_data', { ['x'.repeat(501)]: 1 }],
    ['project_data', { text: 'x'.repeat(32_769) }],
    ['request_data', undefined],
    ['request_data.request_id', 'first'],
    ['request_data.request_id', '5B0E8D5C-6F0A-4F6E-9A55-0C3F6B7C1A01'],
    ['request_data.request_id', '5b0e8d5c-6f0a-1f6e-9a55-0c3f6b7c1a01'],
    ['request_data.request_id', undefined],
    ['request_data.expected_answers', []],
    ['request_data.expected_answers', ['start']],
    ['request_data.expected_answers', [{ choices: ['a', 'b'] }]],
    ['request_data.expected_answers', [{ name: 'shift', choices: 'late' }]],
    ['request_data.initial_request_timestamp', '2026-02-30T10:00:00Z'],
    ['request_data.initial_request_timestamp', '2026-04-31'],
    ['request_data.initial_request_timestamp', '1900-02-29'],
    ['request_data.initial_request_timestamp', '2026-00-10T10:00:00Z'],
    ['request_data.initial_request_timestamp', '2026-11-22T24:00'],
    ['request_data.channel_method', 'pigeon'],
    ['request_data.channel_method', undefined],
    ['request_data.channel_method', 'email'],
    ['request_data.initial_request_timestamp', '22.11.2026'],
    ['request_data.initial_request_timestamp', '2026-11-22T'],
    ['request_data.initial_request_timestamp', undefined],
  ])('and refuses %s = %j', (path, value) => {
    expect(verdicts(changed(path, value))).toEqual({ document: false, router: false });
  });

  test.each([
    ['company_data.api_key', 'of an old client'],
    ['recipient_data.recipient_email', 'Amara.Okafor+cv@Mail.example.co.uk'],
    ['recipient_data.comms_consent', false],
    ['project_data', undefined],
    ['project_data', { list: [1, null, { deep: true }] }],
    ['project_data', { numbers: [0, -0.5, 1e-130, 9_007_199_254_740_991, -9_007_199_254_740_991] }],
    ['recipient_data.recipient_last_name', 'Ó Súilleabháin-Šimić'],
    ['recipient_data.recipient_tel', '+390612345678'],
    ['recipient_data.recipient_email', `${'a'.repeat(64)}@example.com`],
    ['request_data.initial_request_timestamp', '2026-11-22T10:00'],
    ['request_data.initial_request_timestamp', '2000-02-29'],
    ['request_data.initial_request_timestamp', '2028-02-29T23:59:59,5-0330'],
    ['request_data.initial_request_timestamp', '2026-11-22T10:00:00.123+01:00'],
    ['more', 1],
  ])('and takes %s = %j', (path, value) => {
    expect(verdicts(changed(path, value))).toEqual({ document: true, router: true });
  });
});

/** What the engine takes for the sake of older clients, and its document does not advertise to new ones. */
test.each([
  ['any letter case of a channel', 'request_data.channel_method', 'WhatsApp'],
  ['null for an absent field', 'recipient_data.recipient_email', null],
  ['the empty text for an absent field', 'recipient_data.recipient_email', ''],
])('the router alone takes %s', (_what, path, value) => {
  expect(verdicts(changed(path, value))).toEqual({ document: false, router: true });
});

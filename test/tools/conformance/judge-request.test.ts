import { judgeRequest } from '../../../tools/conformance/judge-request';
import type { RecordedRequest } from '../../../tools/conformance/recorded-request';
import { faultsOf } from '../../../tools/conformance/recorded-request';
import { CHOICE_API, FORM_API, MAIL_API } from './sample-documents';

const DOCUMENTS = [FORM_API, MAIL_API, CHOICE_API].map((content) => ({ file: 'sample', content }));
const MESSAGES = `https://api.twilio.com/2010-04-01/Accounts/AC${'1'.repeat(32)}/Messages.json`;
const FORM = { To: '+447700900200', From: '+447700900100', Body: 'Hello', ValidityPeriod: '600' };
const MAIL = {
  personalizations: [{ to: [{ email: 'ada@example.com' }], custom_args: { attempt_id: '7' } }],
  from: { email: 'careers@example.org' },
  tracking_settings: { click_tracking: { enable: false } },
  mail_settings: { footer: { enable: false } },
};
const CALL = { model: 'm', input: [{ role: 'user', content: 'x' }], store: null, schema: { type: 'object', a: [1] } };

type Change = Partial<Omit<RecordedRequest, 'url'>> & { readonly url?: string };

function faults({ url = MESSAGES, ...change }: Change): readonly string[] {
  const request = { vendor: 'twilio', purpose: 'a test', method: 'POST', headers: {}, body: '', ...change } as const;
  return faultsOf(judgeRequest({ ...request, url: new URL(url) }, DOCUMENTS))
    .map(({ parameter, fault }) => `${parameter}: ${fault}`);
}

function form(change: object, more: Change = {}) {
  const entries = Object.entries({ ...FORM, ...change }).flatMap(([name, value]) =>
    [value].flat().filter((one) => one !== undefined).map((one) => [name, String(one)] as [string, string]));
  const headers = { 'authorization': 'Basic eA==', 'content-type': 'application/x-www-form-urlencoded' };
  return faults({ headers, body: new URLSearchParams(entries).toString(), ...more });
}

function mail(change: object, more: Change = {}) {
  const headers = { 'authorization': 'Bearer x', 'content-type': 'application/json' };
  const body = JSON.stringify({ ...MAIL, ...change });
  return faults({ url: 'https://api.sendgrid.com/v3/mail/send', headers, body, ...more });
}

function call(change: object, more: Change = {}) {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ...CALL, ...change });
  return faults({ url: 'https://api.openai.com/v1/responses', headers, body, ...more });
}

function listing(query: string, headers: Readonly<Record<string, string>> = {}) {
  return faults({ method: 'GET', url: `${MESSAGES}?${query}`, headers: { authorization: 'basic x', ...headers } });
}

test('right requests have no fault', () => {
  expect(form({})).toEqual([]);
  expect(form({
    To: 'whatsapp:+447700900200', From: 'Acme', SmartEncoded: 'false', MediaUrl: ['https://a.example.com'],
    RiskCheck: 'enable', StatusCallback: 'https://api.example.com/x?a=1#rc=5', ContentSid: `HX${'a'.repeat(32)}`,
  })).toEqual([]);
  expect(listing('To=%2B447700900200&PageSize=200')).toEqual([]);
  expect(mail({})).toEqual([]);
  expect(call({})).toEqual([]);
  expect(call({ input: 'x', store: true, user: null, labels: { a: 'abc' } })).toEqual([]);
  expect(call({ input: [{ name: 'x', id: 3 }, { role: 'user', content: ['a'] }] })).toEqual([]);
});

describe('a planted wrong parameter is found', () => {
  test.each([
    ['a misspelt field', { Bodi: 'Hello' }, 'form Bodi: is not documented'],
    ['the library\'s spelling', { statusCallback: 'https://a.example.com' }, 'form statusCallback: is not documented'],
    ['a missing field', { To: undefined }, 'form To: is required, and missing'],
    ['a field given twice', { To: ['+447700900200', '+447700900201'] }, 'form To: must be string'],
    ['a word for a number', { ValidityPeriod: '10m' }, 'form ValidityPeriod: must be integer'],
    ['a fraction', { ValidityPeriod: '1.5' }, 'form ValidityPeriod: must be integer'],
    ['a number out of range', { ValidityPeriod: '0' }, 'form ValidityPeriod: must be > 0'],
    ['a word for a switch', { SmartEncoded: 'yes' }, 'form SmartEncoded: must be boolean'],
    ['a text that is too long', { Body: 'x'.repeat(61) }, 'form Body: must NOT have more than 60 characters'],
    ['a number without its plus', { To: '0044 7700 900200' }, 'form To: must match format "phone-number"'],
    ['an address that is none', { StatusCallback: 'here' }, 'form StatusCallback: must match format "uri"'],
    ['too many', { MediaUrl: ['a:b', 'a:c', 'a:d'] }, 'form MediaUrl: must NOT have more than 2 items'],
    ['a wrong item', { MediaUrl: ['a:b', 'c'] }, 'form MediaUrl[1]: must match format "uri"'],
    ['a word of no list', { RiskCheck: 'maybe' }, 'form RiskCheck: must be one of enable, disable'],
    [
      'an identifier of another kind', { ContentSid: `MG${'a'.repeat(32)}` },
      'form ContentSid: must match pattern "^HX[0-9a-fA-F]{32}$"',
    ],
  ])('in a form: %s', (_what, change, expected) => { expect(form(change)).toEqual([expected]); });

  test.each([
    ['a misspelt field', { subjekt: 'x' }, 'body subjekt: is not documented'],
    ['an empty text', { subject: '' }, 'body subject: must NOT have fewer than 1 characters'],
    [
      'a misspelt setting, two levels down', { tracking_settings: { click_tracking: { enabled: false } } },
      'body tracking_settings.click_tracking.enabled: is not documented',
    ],
    [
      'a word for a switch, in a part that all of several schemas describe',
      { mail_settings: { footer: { enable: 'false' } } }, 'body mail_settings.footer.enable: must be boolean',
    ],
    [
      'a missing field in a list', { personalizations: [{ to: [{}] }] },
      'body personalizations[0].to[0].email: is required, and missing',
    ],
    ['an address that is none', { from: { email: 'ada' } }, 'body from.email: must match format "email"'],
    [
      'too many', { personalizations: Array(3).fill(MAIL.personalizations[0]) },
      'body personalizations: must NOT have more than 2 items',
    ],
  ])('in JSON: %s', (_what, change, expected) => { expect(mail(change)).toEqual([expected]); });

  test.each([
    ['of a wrong type for every choice', { store: 'no' }, 'body store: must be boolean'],
    [
      'in the nearest of several choices', { input: [{ role: 'bot', content: 'x' }] },
      'body input[0].role: must be one of user, system',
    ],
    [
      'unknown to the nearest of several choices', { input: [{ role: 'user', content: 'x', nam: 1 }] },
      'body input[0].nam: is not documented',
    ],
    ['missing in a choice', { input: [{ id: 3 }] }, 'body input[0].name: is required, and missing'],
    ['beside parts that are put together', { modell: 'm' }, 'body modell: is not documented'],
    ['missing from parts that are put together', { model: undefined }, 'body model: is required, and missing'],
    ['in a map', { labels: { a: 'abcd' } }, 'body labels.a: must NOT have more than 3 characters'],
  ])('in JSON with choices: %s', (_what, change, expected) => { expect(call(change)).toEqual([expected]); });

  test.each([
    ['To=%2B447700900200', 'query PageSize: is required, and missing'],
    ['PageSize=5000', 'query PageSize: must be <= 1000'],
    ['PageSize=5&Pagesize=5', 'query Pagesize: is not documented'],
    ['PageSize=5&To=ada%40example.com', 'query To: must match format "phone-number"'],
  ])('in a query: %s', (query, expected) => { expect(listing(query)).toEqual([expected]); });

  test('in headers: the credentials\' scheme, the content\'s type, a documented header', () => {
    expect(listing('PageSize=5', { authorization: 'Bearer x' }))
      .toEqual(['header authorization: must be of the scheme basic']);
    expect(listing('PageSize=5', { 'x-region': 'us1' })).toEqual(['header x-region: must be one of ie1']);
    expect(form({}, { headers: { 'authorization': 'Basic x', 'content-type': 'application/json' } }))
      .toEqual(['header content-type: must be application/x-www-form-urlencoded']);
    expect(mail({}, { headers: { 'content-type': 'application/json' } }))
      .toEqual(['header authorization: must be of the scheme bearer']);
  });

  test('in the address: host, path, version, method, a value in the path', () => {
    const undescribed = (url: string) => [`address: no document that was given describes ${url}`];
    for (const url of [
      MESSAGES.replace('api.', 'content.'), MESSAGES.replace('Messages', 'Message'), MESSAGES.replace('.json', ''),
      MESSAGES.replace('2010-04-01', '2010-04-02'), `${MESSAGES}/`, 'http://api.twilio.com/',
    ]) expect(form({}, { url })).toEqual(undescribed(url));
    expect(form({}, { method: 'PUT' })).toEqual([
      'address: /2010-04-01/Accounts/{AccountSid}/Messages.json is not described for PUT, but for GET, POST',
    ]);
    expect(form({}, { url: MESSAGES.replace('AC1', 'AB1') }))
      .toEqual(['path AccountSid: must match pattern "^AC[0-9a-fA-F]{32}$"']);
    const withoutVersion = 'https://api.openai.com/responses';
    expect(call({}, { url: withoutVersion })).toEqual(undescribed(withoutVersion));
    // A path without parameters goes before one with them.
    const read = { method: 'GET', headers: {}, body: '' };
    expect(faults({ ...read, url: 'https://api.openai.com/v1/responses/mine?after=x' })).toEqual([]);
    expect(faults({ ...read, url: 'https://api.openai.com/v1/responses/r1?after=x' }))
      .toEqual(['query after: is not documented']);
  });

  test('a body that is none, missing, or not asked for', () => {
    expect(mail({}, { body: '{' })).toEqual(['body: is no JSON']);
    expect(mail({}, { body: '' })).toEqual(['body: is required, and missing']);
    expect(faults({ method: 'GET', url: 'https://api.openai.com/v1/responses/r1', body: '{}' }))
      .toEqual(['body: is sent where none is documented']);
  });
});

test('no fault repeats a value', () => {
  const secret = 'hunter-two';
  const all = [
    ...form({ To: secret, ValidityPeriod: secret, RiskCheck: secret, StatusCallback: `${secret} ` }),
    ...mail({ from: { email: secret }, subject: [secret] }, {
      headers: { 'content-type': 'application/json', 'authorization': secret },
    }),
    ...call({ store: secret, input: [{ role: secret, content: 1 }] }),
  ];
  expect(all.length).toBeGreaterThan(7);
  expect(all.join('\n')).not.toContain(secret);
});

test('every parameter has a verdict, right ones too', () => {
  const request = {
    vendor: 'sendgrid', purpose: 'a test', method: 'POST', url: new URL('https://api.sendgrid.com/v3/mail/send'),
    headers: { 'authorization': 'Bearer x', 'content-type': 'application/json' }, body: JSON.stringify(MAIL),
  } as const;
  const judged = judgeRequest(request, DOCUMENTS);
  expect(judged.path).toBe('/v3/mail/send');
  expect(judged.verdicts.map(({ parameter }) => parameter)).toEqual(expect.arrayContaining([
    'header authorization', 'header content-type', 'body personalizations[0].to[0].email', 'body from.email',
    'body personalizations[0].custom_args.attempt_id', 'body tracking_settings.click_tracking.enable',
  ]));
});

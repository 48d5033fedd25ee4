import { FACT_NAME_LIMIT, FACT_TEXT_LIMIT } from '../../src/core/contract/request';
import { checkRequest } from '../../src/router/check-request';
import { refuseShape } from '../../src/router/shape-fault';
import { REQUEST_ID, RouterWorld, sampleRequest } from './router-world';

function faultsOf(body: Readonly<Record<string, unknown>>): readonly string[] {
  const checked = checkRequest(body);
  return checked.valid
    ? []
    : (refuseShape(checked.faults).details ?? []).map(({ path, message }) => `${path} ${message}`);
}

test('a request without fault is handed on with what the engine knows of it', () => {
  const body = sampleRequest({ request_data: { channel_method: 'SmS', extra: 1 }, company_data: { api_key: 'old' } });
  expect(checkRequest(body)).toEqual({
    valid: true,
    request: {
      company_data: { company_id: 'brightpath', project_id: 'cv-review' },
      recipient_data: sampleRequest().recipient_data,
      project_data: sampleRequest().project_data,
      request_data: {
        request_id: REQUEST_ID,
        channel_method: 'sms',
        initial_request_timestamp: '2026-11-02T08:59:58Z',
      },
    },
    warnings: [
      { path: 'company_data.api_key', message: 'is not a known field, and was ignored' },
      { path: 'request_data.extra', message: 'is not a known field, and was ignored' },
    ],
  });
});

test('every fault is named at once, in the contract\'s order', async () => {
  const body = {
    company_data: { company_id: 7 },
    recipient_data: { recipient_first_name: ' ', recipient_tel: 'none', recipient_email: 'none', comms_consent: 1 },
    project_data: 'facts',
    request_data: { request_id: 'X', channel_method: 'fax', initial_request_timestamp: 'now' },
  };
  const answer = await new RouterWorld().post(body);
  expect(answer.json).toEqual({
    status: 'error',
    error_code: 'INVALID_RECIPIENT_DATA_TYPE',
    message: 'recipient_data.recipient_first_name must not be blank.',
    request_id: 'X',
    details: [
      { path: 'recipient_data.recipient_first_name', message: 'must not be blank' },
      { path: 'project_data', message: 'must be an object' },
      { path: 'company_data.company_id', message: 'must be text' },
      { path: 'company_data.project_id', message: 'is missing' },
      { path: 'request_data.request_id', message: 'must be a UUID version 4 in lower case with hyphens' },
      { path: 'request_data.channel_method', message: 'must be one of whatsapp, sms, email' },
      {
        path: 'request_data.initial_request_timestamp',
        message: 'must be an existing date in ISO 8601, with or without a time, such as 2026-11-22T09:30:00Z',
      },
      { path: 'recipient_data.recipient_tel', message: 'must be a phone number in E.164 form, such as +447700900123' },
      { path: 'recipient_data.recipient_email', message: 'must be an e-mail address of at most 254 characters' },
      { path: 'recipient_data.comms_consent', message: 'must be true or false' },
    ],
  });
});

test('an empty object misses every section but the facts', () => {
  expect(faultsOf({})).toEqual(['company_data is missing', 'recipient_data is missing', 'request_data is missing']);
});

test('names are optional', () => {
  const nameless = sampleRequest({ recipient_data: { recipient_first_name: undefined, recipient_last_name: '' } });
  const checked = checkRequest(nameless);
  expect(checked).toMatchObject({ valid: true, warnings: [] });
  expect(checked.valid && checked.request.recipient_data).not.toHaveProperty('recipient_last_name');
});

describe('fields that the engine does not know', () => {
  const warnings = (body: Readonly<Record<string, unknown>>) => {
    const checked = checkRequest(body);
    return checked.valid ? checked.warnings.map(({ path }) => path) : checked.faults;
  };

  test('are named in every section but the facts, where any name is a fact', () => {
    const { request_data, recipient_data, ...rest } = sampleRequest({ project_data: { unclear_pont: 'x' } });
    const body = {
      ...rest,
      recipient_data: { ...recipient_data, locale: 'en-GB' },
      request_data: { ...request_data, deliver_at: '2026-12-01', callback_url: 'https://example.com' },
      metadata: { source: 'crm' },
    };
    expect(warnings(body)).toEqual([
      'recipient_data.locale',
      'request_data.deliver_at',
      'request_data.callback_url',
      'metadata',
    ]);
  });

  test('count as absent where they are null or empty', () => {
    expect(warnings({ ...sampleRequest({ request_data: { send_at: null } }), note: '' })).toEqual([]);
  });

  test('are named as the object has them, also where it has a name of JavaScript\'s own', () => {
    expect(
      warnings({ ...sampleRequest({ request_data: { toString: 1, constructor: 2 } }), hasOwnProperty: 3 }),
    ).toEqual(['request_data.toString', 'request_data.constructor', 'hasOwnProperty']);
  });

  test('are at most ten, each cut to a length that a person reads, and never quoted with their values', () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_none, index) => [`${'x'.repeat(500)}${index}`, 'secret value']),
    );
    const checked = checkRequest(sampleRequest({ request_data: many }));
    expect(checked.valid && checked.warnings).toHaveLength(10);
    expect(JSON.stringify(checked.valid && checked.warnings).length).toBeLessThan(3_000);
    expect(JSON.stringify(checked.valid && checked.warnings)).not.toContain('secret value');
  });
});

test.each([null, ''])('%j counts as missing', (blank) => {
  expect(faultsOf({ ...sampleRequest(), company_data: blank })).toEqual(['company_data is missing']);
  expect(faultsOf(sampleRequest({ recipient_data: { comms_consent: blank } }))).toEqual([
    'recipient_data.comms_consent is missing',
  ]);
  expect(faultsOf({ ...sampleRequest(), project_data: blank })).toEqual([]);
});

test.each([
  ['whatsapp', 'recipient_tel'],
  ['sms', 'recipient_tel'],
  ['email', 'recipient_email'],
])('the channel %s needs %s and not the other address', (channel, needed) => {
  const other = needed === 'recipient_tel' ? 'recipient_email' : 'recipient_tel';
  const request = (missing: string) =>
    sampleRequest({ recipient_data: { [missing]: undefined }, request_data: { channel_method: channel } });
  expect(faultsOf(request(needed))).toEqual([`recipient_data.${needed} is missing: the channel ${channel} needs it`]);
  expect(faultsOf(request(other))).toEqual([]);
});

test('an address that its channel does not need must still be one', () => {
  expect(faultsOf(sampleRequest({ recipient_data: { recipient_email: 'none' } }))).toHaveLength(1);
});

test.each([
  ['+4407700900555', '+447700900555'],
  ['+61041234567', '+6141234567'],
])('the number %s is refused with the right spelling, %s', (wrong, right) => {
  expect(faultsOf(sampleRequest({ recipient_data: { recipient_tel: wrong } }))).toEqual([
    `recipient_data.recipient_tel must not have a zero after the country code: send ${right}`,
  ]);
  expect(faultsOf(sampleRequest({ recipient_data: { recipient_tel: right } }))).toEqual([]);
});

test('nothing is trimmed', () => {
  expect(faultsOf(sampleRequest({ recipient_data: { recipient_tel: ' +447700900123' } }))).toHaveLength(1);
  const checked = checkRequest(sampleRequest({ recipient_data: { recipient_first_name: ' Ada ' } }));
  expect(checked).toMatchObject({ valid: true, request: { recipient_data: { recipient_first_name: ' Ada ' } } });
});

describe('facts', () => {
  const facts = (value: unknown) => faultsOf({ ...sampleRequest(), project_data: { outer: [{ fact: value }] } });

  test.each([[null], [''], [false], [0], [-1.5], [0.1], [9_007_199_254_740_991], [{}], [[]], ['text']])(
    'may hold %j',
    (value) => {
      expect(facts(value)).toEqual([]);
      expect(checkRequest({ ...sampleRequest(), project_data: { fact: value } })).toMatchObject({
        request: { project_data: { fact: value } },
      });
    },
  );

  test.each([[9_007_199_254_740_993], [-1e300], [1e-131]])(
    'may not hold the number %d, which no record keeps exactly',
    (value) => {
      expect(facts(value)).toEqual([
        'project_data.outer.0.fact is a number that cannot be kept exactly: send it as text',
      ]);
    },
  );

  test('may not hold a field without a name', () => {
    expect(facts({ '': 1 })).toEqual(['project_data.outer.0.fact. holds a field without a name']);
  });

  test('may have fields of any name, at any depth', () => {
    const text =
      '{"constructor":"Acme '
        + 'Builders","__proto__":{"toString":{"__proto__":null}},"Uint8Array":[{"constructor":{"name":"Map"}}]}';
    const checked = checkRequest({ ...sampleRequest(), project_data: JSON.parse(text) });
    expect(checked.valid && JSON.stringify(checked.request.project_data)).toBe(text);
  });

  test('may be as long as the limit and no longer', () => {
    expect(facts('x'.repeat(FACT_TEXT_LIMIT))).toEqual([]);
    expect(facts('x'.repeat(FACT_TEXT_LIMIT + 1))).toEqual([
      'project_data.outer.0.fact has more than 32768 characters: send the part that the message needs',
    ]);
    expect(facts({ ['n'.repeat(FACT_NAME_LIMIT)]: 1 })).toEqual([]);
    expect(facts({ ['n'.repeat(FACT_NAME_LIMIT + 1)]: 1 })).toEqual([
      `project_data.outer.0.fact.${'n'.repeat(174)}… has a name of more than 500 characters`,
    ]);
  });

  test('name ten faults at most', () => {
    expect(facts(Array(1000).fill(1e300))).toHaveLength(10);
  });
});

test.each([
  ['a line break', 'Am\nara', 'must not hold line breaks or other control characters'],
  ['a control character', 'Am\u0000ara', 'must not hold line breaks or other control characters'],
  ['more than 100 characters', 'A'.repeat(101), 'must have at most 100 characters'],
])('a name with %s is refused', (_what, name, message) => {
  const checked = checkRequest(sampleRequest({ recipient_data: { recipient_first_name: name } }));
  expect(checked).toMatchObject({
    valid: false,
    faults: [{ code: 'INVALID_RECIPIENT_DATA_TYPE', path: 'recipient_data.recipient_first_name', message }],
  });
});

test('a field of an expected answer that the engine does not know is named, and faults of one have its path', () => {
  const checked = checkRequest(
    sampleRequest({ request_data: { expected_answers: [{ name: 'start', question: 'When?' }] } }),
  );
  expect(checked.valid && checked.warnings).toEqual([
    { path: 'request_data.expected_answers.0.question', message: 'is not a known field, and was ignored' },
  ]);
  const wanted = [{ name: 'start' }, 'shift', { name: 'note', choices: [1] }];
  expect(faultsOf(sampleRequest({ request_data: { expected_answers: wanted } }))).toEqual([
    'request_data.expected_answers.1 must be an object',
    'request_data.expected_answers.2.choices.0 must be text',
  ]);
  expect(faultsOf(sampleRequest({ request_data: { expected_answers: [] } }))).toEqual([
    'request_data.expected_answers must name an answer, or be left out',
  ]);
});

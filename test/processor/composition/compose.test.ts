import { createHash } from 'node:crypto';
import { composed, composing, unprovable } from './composing';
import { EMAIL, FALLBACK, FIRST_NAME, SMS, SUBJECT, UNCLEAR, WHATSAPP } from './recruitment';
import { USAGE } from './scripted-model';

const GOOD = 'we see two end dates, June 2023 and August 2023.';
const two = (first: object, second: object) => ({
  ...SMS,
  body: 'Hi {{first_name}}: {{a}} {{b}}',
  variables: { first_name: FIRST_NAME, a: { ...UNCLEAR, ...first }, b: { ...UNCLEAR, ...second } },
});

describe('a composed message', () => {
  test('is frozen with its words, its template, model, instructions, facts, verdicts and cost', async () => {
    const { result, model, observed } = await composing({
      channel: 'whatsapp',
      template: WHATSAPP,
      answers: [{ 2: GOOD }],
    });
    expect(composed(result)).toEqual({
      filled: {
        channel: 'whatsapp',
        text: `Hello Amara, thank you for applying. We have a question about your CV: ${GOOD} Could you please `
          + 'reply here?',
        content_sid: 'HX00000000000000000000000000000001',
        variables: { 1: 'Amara', 2: GOOD },
      },
      values: { 1: 'Amara', 2: GOOD },
      template_name: 'cv_clarification',
      template_version: 3,
      model: 'gpt-6-luna',
      instructions_version: createHash('sha256')
        .update(model.requests[0]?.instructions ?? '')
        .digest('hex')
        .slice(0, 16),
      prompt: 'fill@3',
      facts_hash: createHash('sha256')
        .update(model.requests[0]?.facts ?? '')
        .digest('hex'),
      verdicts: { 1: 'copied', 2: 'proved' },
      usage: USAGE,
    });
    expect(observed).toEqual(['ModelTime 10', 'ModelTokens 120']);
  });

  test('was asked of the model with the facts apart from the instructions, the schema and the key', async () => {
    const { model } = await composing({ channel: 'whatsapp', template: WHATSAPP, answers: [{ 2: GOOD }] });
    const [request] = model.requests;
    expect(request).toMatchObject({
      access: { kind: 'key', apiKey: 'key' },
      model: 'gpt-6-luna',
      timeBudgetMilliseconds: 20_000,
      schema: { required: ['2'], additionalProperties: false },
    });
    expect(request).not.toHaveProperty('repair');
    expect(request?.instructions).not.toContain('Northfield');
    expect(JSON.parse(request?.facts ?? '')).toMatchObject({
      project_data: SUBJECT.project_data,
      recipient_data: { recipient_first_name: 'Amara' },
    });
    expect(request?.facts).not.toContain('700900210');
  });

  test('costs no model where every variable is copied', async () => {
    const template = {
      ...SMS,
      variables: { first_name: FIRST_NAME, point: { ...UNCLEAR, copy_of: 'project_data.unclear_point' } },
    };
    const { result, model, observed } = await composing({ channel: 'sms', template, answers: [] });
    expect(model.requests).toHaveLength(0);
    expect(observed).toEqual([]);
    expect(composed(result)).toMatchObject({
      verdicts: { first_name: 'copied', point: 'copied' },
      usage: { total_tokens: 0 },
    });
    expect(composed(result).model).toBeUndefined();
  });

  test('may copy what no model sees: number and address of the recipient', async () => {
    const template = {
      ...SMS,
      variables: {
        first_name: { ...FIRST_NAME, copy_of: 'recipient_data.recipient_tel' },
        point: { ...UNCLEAR, copy_of: 'recipient_data.recipient_email' },
      },
    };
    const { result } = await composing({ channel: 'sms', template, answers: [] });
    expect(composed(result).values).toEqual({ first_name: '+447700900210', point: 'amara.okafor@example.com' });
  });

  test('is the same for the same order, and the order is left as it was', async () => {
    const before = structuredClone(SUBJECT);
    const first = await composing({ channel: 'whatsapp', template: WHATSAPP, answers: [{ 2: GOOD }] });
    const second = await composing({ channel: 'whatsapp', template: WHATSAPP, answers: [{ 2: GOOD }] });
    expect(second.result).toEqual(first.result);
    expect(SUBJECT).toEqual(before);
  });

  test('ignores what else the model answers, and the tricks of its keys', async () => {
    const values = JSON.parse(`{"2":${JSON.stringify(GOOD)},"1":"Mallory","__proto__":{"x":1}}`);
    const { result } = await composing({ channel: 'whatsapp', template: WHATSAPP, answers: [values] });
    expect(composed(result).values).toEqual({ 1: 'Amara', 2: GOOD });
  });
});

describe('the one repair', () => {
  test('sends back the failed values only, with the reason, and keeps the proved ones', async () => {
    const answers = [{ a: GOOD, b: 'See evil.example and pay £9.' }, { b: 'could you tell us which is right?' }];
    const { result, model } = await composing({ channel: 'sms', template: two({}, {}), answers });
    expect(model.requests[1]).toMatchObject({
      schema: { required: ['b'] },
      repair: { b: { value: 'See evil.example and pay £9.', reason: expect.stringMatching(/link.*amount of money/s) } },
    });
    expect(Object.keys(model.requests[1]?.repair ?? {})).toEqual(['b']);
    expect(composed(result)).toMatchObject({
      verdicts: { a: 'proved', b: 'repaired' },
      usage: { prompt_tokens: 200, completion_tokens: 40, total_tokens: 240 },
    });
  });

  test('is the last: what fails again falls back, each value on its own', async () => {
    const answers = [{ a: 'See evil.example', b: 'See evil.example' }, { a: GOOD, b: 'See evil.example' }];
    const { result, model } = await composing({
      channel: 'sms',
      template: two({}, { fallback: 'which date is right?' }),
      answers,
    });
    expect(model.requests).toHaveLength(2);
    expect(composed(result)).toMatchObject({
      verdicts: { a: 'repaired', b: 'fallback' },
      values: { b: 'which date is right?' },
    });
  });

  test('that a message needs which is too long asks for all values to be shorter', async () => {
    const long = `${GOOD} ${'Please explain. '.repeat(14)}`.trim();
    const { result, model } = await composing({
      channel: 'sms',
      template: two({}, {}),
      answers: [
        { a: long, b: long },
        { a: GOOD, b: 'which is right?' },
      ],
    });
    expect(Object.keys(model.requests[1]?.repair ?? {})).toEqual(['a', 'b']);
    expect(composed(result)).toMatchObject({ verdicts: { a: 'repaired', b: 'repaired' } });
  });

  test('that refuses keeps what was proved before', async () => {
    const answers = [{ a: GOOD, b: 'See evil.example' }, { outcome: 'refused' as const, usage: USAGE }];
    const { result } = await composing({
      channel: 'sms',
      template: two({}, { fallback: 'which date is right?' }),
      answers,
    });
    expect(composed(result)).toMatchObject({ verdicts: { a: 'proved', b: 'fallback' }, usage: { total_tokens: 240 } });
  });

  test('is of no use to a person when its key has run out and there is no fallback', async () => {
    const answers = [
      { a: GOOD, b: 'See evil.example' },
      { outcome: 'misconfigured' as const, code: 'insufficient_quota' },
    ];
    expect((await composing({ channel: 'sms', template: two({}, {}), answers })).result).toEqual({
      outcome: 'misconfigured',
      code: 'insufficient_quota',
    });
  });
});

describe('a value that makes the whole message too long', () => {
  test('is sent back alone, when the message without it is short enough', async () => {
    const long = `${GOOD} ${'Please explain 9. '.repeat(14)}`.trim();
    const answers = [{ a: GOOD, b: long.repeat(2) }, { b: 'which is right?' }];
    const { result, model } = await composing({ channel: 'sms', template: two({}, { max_length: 1_000 }), answers });
    expect(Object.keys(model.requests[1]?.repair ?? {})).toEqual(['b']);
    expect(model.requests[1]?.repair?.b?.reason).toMatch(/number.*segments/s);
    expect(composed(result).verdicts).toMatchObject({ a: 'proved', b: 'repaired' });
  });
});

describe('a fallback', () => {
  test('needs no evidence, but the rules of the channel hold for it', async () => {
    const bad = { 2: 'See evil.example' };
    const evidence = {
      ...WHATSAPP,
      variables: { 1: FIRST_NAME, 2: { ...UNCLEAR, fallback: 'see https://example.com/help within 14 days.' } },
    };
    expect(
      composed((await composing({ channel: 'whatsapp', template: evidence, answers: [bad, bad] })).result).verdicts[
        '2'
      ],
    ).toBe('fallback');
    const broken = { ...WHATSAPP, variables: { 1: FIRST_NAME, 2: { ...UNCLEAR, fallback: 'two\nlines' } } };
    const { result } = await composing({ channel: 'whatsapp', template: broken, answers: [bad, bad] });
    expect(unprovable(result).detail).toBe('2: unknown_link, fallback line_break');
  });

  test('of a copy that cannot be used goes without asking for more', async () => {
    const template = {
      ...SMS,
      variables: {
        first_name: { ...FIRST_NAME, copy_of: 'project_data.nickname', fallback: 'candidate' },
        point: { ...UNCLEAR, copy_of: 'project_data.unclear_point' },
      },
    };
    expect(composed((await composing({ channel: 'sms', template, answers: [] })).result)).toMatchObject({
      verdicts: { first_name: 'fallback' },
      values: { first_name: 'candidate' },
    });
  });

  test('makes place where the written values make the message too long', async () => {
    const long = `${GOOD} ${'Please explain. '.repeat(14)}`.trim();
    const answers = [{ a: long, b: long }, { a: long, b: long }];
    const { result } = await composing({
      channel: 'sms',
      template: two({ fallback: FALLBACK }, { fallback: FALLBACK }),
      answers,
    });
    expect(composed(result).verdicts).toMatchObject({ a: 'fallback', b: 'fallback' });
    const held = await composing({ channel: 'sms', template: two({ fallback: FALLBACK }, {}), answers });
    expect(unprovable(held.result).detail).toBe('b: too_many_segments');
  });

  test('beside a proved value is proved again with it, because the two make another text', async () => {
    const template = {
      ...SMS,
      body: 'Code {{a}}{{b}} {{first_name}}',
      variables: { first_name: FIRST_NAME, a: { ...UNCLEAR, fallback: '9' }, b: { ...UNCLEAR, fallback: 'x' } },
    };
    const answers = [{ a: '', b: '7' }, { a: '' }];
    const { result } = await composing({ channel: 'sms', template, answers, facts: { years: 7 } });
    expect(composed(result)).toMatchObject({ values: { a: '9', b: 'x' }, verdicts: { a: 'fallback', b: 'fallback' } });
  });

  test("takes a refused value's place without taking the others with it, though the message was too long with that "
    + 'value', async () => {
    const template = {
      ...SMS,
      body: 'Code {{a}}{{b}} {{c}} {{first_name}}',
      variables: {
        first_name: FIRST_NAME,
        a: { ...UNCLEAR, fallback: `${'x'.repeat(30)}-9` },
        b: { ...UNCLEAR, fallback: 'x' },
        c: { ...UNCLEAR, fallback: 'bye' },
      },
    };
    const answers = [{ a: '', b: '7 please explain it to us', c: 'thank you' }, { a: '' }];
    const { result } = await composing({
      channel: 'sms',
      template,
      answers,
      facts: { years: 7 },
      limits: { max_message_length: 60 },
    });
    expect(composed(result).verdicts).toEqual({ first_name: 'copied', a: 'fallback', b: 'fallback', c: 'proved' });
  });
});

describe('an optional variable', () => {
  const optional = { ...UNCLEAR, required: false };

  test.each([
    ['sms', { ...SMS, variables: { ...SMS.variables, point: optional } }, 'point'],
    ['email', { ...EMAIL, variables: { ...EMAIL.variables, point: optional } }, 'point'],
  ] as const)('may be empty in an %s', async (channel, template, name) => {
    const answer = { topic: 'your CV', [name]: '' };
    expect(composed((await composing({ channel, template, answers: [answer] })).result).verdicts[name]).toBe('proved');
    const evil = { topic: 'your CV', [name]: 'See evil.example' };
    const emptied = composed((await composing({ channel, template, answers: [evil, evil] })).result);
    expect(emptied).toMatchObject({ values: { [name]: '' }, verdicts: { [name]: 'fallback' } });
  });

  test('may not be empty in WhatsApp, where the vendor refuses it', async () => {
    const template = { ...WHATSAPP, variables: { 1: FIRST_NAME, 2: optional } };
    const { result } = await composing({ channel: 'whatsapp', template, answers: [{ 2: '' }, { 2: '' }] });
    expect(unprovable(result).detail).toBe('2: empty');
  });

  test('that copies nothing is empty in an SMS', async () => {
    const template = {
      ...SMS,
      variables: { first_name: { ...FIRST_NAME, required: false, copy_of: 'project_data.nickname' }, point: UNCLEAR },
    };
    expect(
      composed((await composing({ channel: 'sms', template, answers: [{ point: GOOD }] })).result).values.first_name,
    ).toBe('');
  });
});

describe('a message waits for a person', () => {
  test('when a required fact is missing, before any model is paid', async () => {
    const template = { ...WHATSAPP, variables: { 1: { ...FIRST_NAME, copy_of: 'project_data.nickname' }, 2: UNCLEAR } };
    const { result, model } = await composing({ channel: 'whatsapp', template, answers: [] });
    expect(unprovable(result)).toMatchObject({ reason: 'facts_missing', detail: '1: fact_missing' });
    expect(model.requests).toHaveLength(0);
  });

  test.each([
    ['too long', { recipient_first_name: 'A'.repeat(61) }, 'too_long'],
    ['of two lines', { recipient_first_name: 'Amara\nOkafor' }, 'line_break'],
    ['with template syntax', { recipient_first_name: '{{2}}' }, 'template_syntax'],
    ['with hidden characters', { recipient_first_name: 'A\u202Ema' }, 'invisible_character'],
  ])('when a copied fact is %s', async (_what, subject, rule) => {
    const { result } = await composing({ channel: 'whatsapp', template: WHATSAPP, answers: [], subject });
    expect(unprovable(result)).toMatchObject({ reason: 'proof_failed', detail: `1: ${rule}` });
  });

  test('when copies and fallbacks make the message too long', async () => {
    const template = { ...WHATSAPP, body: `${'x'.repeat(1_000)} {{1}} {{2}}` };
    const { result } = await composing({
      channel: 'whatsapp',
      template,
      answers: [{ 2: 'why?' }, { 2: GOOD }],
      subject: { recipient_first_name: 'A'.repeat(60) },
    });
    expect(unprovable(result).detail).toBe('message: text_too_long');
  });

  test('when the company\'s own limit is passed', async () => {
    const { result } = await composing({
      channel: 'sms',
      template: SMS,
      answers: [{ point: GOOD }, { point: GOOD }],
      limits: { max_message_length: 100 },
    });
    expect(unprovable(result).detail).toBe('message: over_company_limit');
  });

  test('when the facts are too large for a model', async () => {
    const template = { ...WHATSAPP, variables: { 1: FIRST_NAME, 2: UNCLEAR } };
    const { result, model } = await composing({
      channel: 'whatsapp',
      template,
      answers: [],
      facts: { note: 'x'.repeat(140_000) },
    });
    expect(unprovable(result).detail).toBe('2: facts_too_large');
    expect(model.requests).toHaveLength(0);
  });

  test('with a detail that names variables and rules and no word of the facts or values', async () => {
    const template = { ...WHATSAPP, variables: { 1: FIRST_NAME, 2: UNCLEAR } };
    const value = 'Amara, see https://evil.example or call 07700 900999';
    const { result } = await composing({ channel: 'whatsapp', template, answers: [{ 2: value }, { 2: value }] });
    expect(unprovable(result).detail).toBe('2: unknown_link, unknown_telephone');
    expect(JSON.stringify(unprovable(result).composition)).not.toContain('evil');
  });
});

describe('a template that no value can make right is named, before any model is asked', () => {
  test.each([
    [
      'a placeholder without a variable',
      'sms',
      { ...SMS, body: '{{first_name}} {{point}} {{more}}' },
      'template: more undeclared',
    ],
    ['a variable without a placeholder', 'sms', { ...SMS, body: '{{first_name}}' }, 'template: point unused'],
    ['broken braces', 'sms', { ...SMS, body: '{{first_name}} {{point}} {{#if}}' }, 'template: body broken_placeholder'],
    [
      'a path to a secret place',
      'sms',
      { ...SMS, variables: { ...SMS.variables, first_name: { ...FIRST_NAME, copy_of: 'request_data.request_id' } } },
      'template: first_name bad_copy_path',
    ],
    [
      'a path to a whole section',
      'sms',
      { ...SMS, variables: { ...SMS.variables, first_name: { ...FIRST_NAME, copy_of: 'project_data' } } },
      'template: first_name bad_copy_path',
    ],
    [
      'a path with a gap',
      'sms',
      { ...SMS, variables: { ...SMS.variables, first_name: { ...FIRST_NAME, copy_of: 'project_data..a' } } },
      'template: first_name bad_copy_path',
    ],
    [
      'an unsafe place',
      'email',
      { ...EMAIL, html: '<a onclick="{{point}}">{{topic}} {{first_name}}</a>' },
      'template: html unsafe_place',
    ],
    [
      'a name that Twilio refuses',
      'whatsapp',
      {
        ...WHATSAPP,
        body: '{{1}} {{2}} {{a_very_long_name_}}',
        variables: { ...WHATSAPP.variables, a_very_long_name_: UNCLEAR },
      },
      'template: a_very_long_name_ bad_name',
    ],
    [
      'several faults',
      'sms',
      { ...SMS, body: '{{more}}' },
      'template: more undeclared, first_name unused, point unused',
    ],
  ] as const)('%s', async (_what, channel, template, detail) => {
    const { result, model } = await composing({ channel, template, answers: [] });
    expect(unprovable(result)).toEqual({ outcome: 'unprovable', reason: 'proof_failed', detail });
    expect(model.requests).toHaveLength(0);
  });

  test('more variables than Twilio takes', async () => {
    const names = Array.from({ length: 101 }, (_, index) => String(index + 1));
    const template = {
      ...WHATSAPP,
      body: names.map((name) => `{{${name}}}`).join(' '),
      variables: Object.fromEntries(names.map((name) => [name, FIRST_NAME])),
    };
    expect(unprovable((await composing({ channel: 'whatsapp', template, answers: [] })).result).detail).toBe(
      'template: template too_many_variables',
    );
  });
});

describe('an e-mail', () => {
  const html = '<p>Dear {{first_name}},</p><p>{{point}}</p><a href="{{link}}">Upload</a>';
  const template = {
    ...EMAIL,
    html,
    variables: { ...EMAIL.variables, link: { description: 'Where to upload', max_length: 200, required: true } },
  };
  const good = { topic: 'two dates in your CV', point: GOOD, link: 'https://example.com/u/8f3k' };

  test('escapes its values in HTML', async () => {
    const { result } = await composing({
      channel: 'email',
      template,
      answers: [{ ...good, point: `${GOOD} < & "more"` }],
    });
    expect(composed(result).filled).toMatchObject({
      html: expect.stringContaining('&lt; &amp; &quot;more&quot;'),
      text: expect.stringContaining('< & "more"'),
    });
  });

  test.each([
    [
      'a subject of two lines',
      { ...good, topic: 'CV\r\nBcc: all@example.org' },
      'topic: line_break, unknown_address, unknown_name',
    ],
    ['a link that runs code', { ...good, link: 'javascript:alert' }, 'link: unsafe_link, unknown_link'],
    ['a link to nowhere', { ...good, link: 'the link' }, 'link: unsafe_link'],
    ['a link that only the HTML shows', { ...good, link: 'https://example.org' }, 'link: unknown_link'],
  ])('refuses %s', async (_what, answer, detail) => {
    const { fallback: _fallback, ...topic } = EMAIL.variables.topic;
    const { result } = await composing({
      channel: 'email',
      template: { ...template, variables: { ...template.variables, topic } },
      answers: [answer, answer],
    });
    expect(unprovable(result).detail).toBe(detail);
  });

  test.each([
    ['empty', { subject: '{{topic}}' }, '', 'subject_empty'],
    ['too long', { subject: `${'x'.repeat(240)} {{topic}}` }, 'a question about your CV', 'subject_too_long'],
  ])('whose subject becomes %s waits for a person', async (_what, change, value, rule) => {
    const topic = { description: 'Subject', max_length: 60, required: false, fallback: undefined };
    const changed = { ...EMAIL, ...change, variables: { ...EMAIL.variables, topic } };
    const answer = { topic: value, point: GOOD };
    const { result } = await composing({ channel: 'email', template: changed, answers: [answer, answer] });
    if (rule === 'subject_empty') expect(unprovable(result).detail).toBe('message: subject_empty');
    else expect(composed(result).filled).toMatchObject({ subject: `${'x'.repeat(240)} ` });
  });
});

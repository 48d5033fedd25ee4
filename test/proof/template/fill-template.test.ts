import type { ChannelTemplate } from '../../../src/core/company/template';
import { fillMessage, fillSegments, parseTemplate, variablesIn } from '../../../src/proof/template/fill-template';

const base = {
  name: 'n',
  version: 1,
  language: 'en',
  variables: { 1: { description: 'd', max_length: 9, required: true } },
};
const whatsapp = (body: string): ChannelTemplate => ({ channel: 'whatsapp', template: { ...base, body } });
const email = (html?: string): ChannelTemplate => ({
  channel: 'email',
  template: { ...base, subject: 'S {{1}}', text: 'T {{ 1 }}', ...(html === undefined ? {} : { html }) },
});

test('a template is cut at its placeholders', () => {
  expect(parseTemplate(whatsapp('{{1}} and {{ name_2 }}{{1}}!')).parts.body).toEqual([
    { variable: '1' }, { literal: ' and ' }, { variable: 'name_2' }, { variable: '1' }, { literal: '!' },
  ]);
  expect([...variablesIn(parseTemplate(whatsapp('{{1}}{{2}}{{1}}')).parts.body)]).toEqual(['1', '2']);
  expect([...variablesIn()]).toEqual([]);
});

test.each([
  'Hello {{1',
  'Hello {{#if a}}',
  'Hello {{{1}}}',
  'Hello {{a b}}',
  'Hello {{}}',
  'Hello {{__proto__}}',
  'Hello {{> part}}',
  'Hello \uFFFC',
])('%j is broken', (body) => {
  expect(parseTemplate(whatsapp(body)).faults).toEqual([{ place: 'body', fault: 'broken_placeholder' }]);
});

test('each text of an e-mail is named by its own fault, and closing braces of a style are none', () => {
  expect(parseTemplate(email('<style>@media{a{b:c}}</style>{{1}}')).faults).toEqual([]);
  expect(parseTemplate(email('{{#if}}')).faults).toEqual([{ place: 'html', fault: 'broken_placeholder' }]);
});

test('values are put in as they are and never read as template again', () => {
  const { parts } = parseTemplate(whatsapp('{{1}}-{{2}}'));
  const values = new Map([['1', '{{2}} $& $1 $$ \\'], ['2', '{{1}}']]);
  expect(fillSegments(parts.body, values)).toBe('{{2}} $& $1 $$ \\-{{1}}');
  expect(fillSegments(undefined, values)).toBe('');
});

test("a WhatsApp message has its text, exactly the template's variables, and what the template holds for its vendor "
  + 'alone', () => {
  const vendorsOwn = { content_sid: 'HX1', note: 'x'.repeat(101), priority: 1 };
  const content: ChannelTemplate<'whatsapp'> = {
    channel: 'whatsapp',
    template: { ...base, body: 'Hi {{1}}', ...vendorsOwn },
  };
  const { parts } = parseTemplate(content);
  expect(
    fillMessage(
      content,
      parts,
      new Map([
        ['1', 'A'],
        ['9', 'B'],
      ]),
    ),
  ).toEqual({ channel: 'whatsapp', text: 'Hi A', content_sid: 'HX1', variables: { 1: 'A' } });
  expect(fillMessage(whatsapp('Hi {{1}}'), parts, new Map())).toEqual({
    channel: 'whatsapp',
    text: 'Hi {{1}}',
    variables: {},
  });
});

test('an e-mail escapes values in HTML only', () => {
  const content = email('<p title="{{1}}">{{1}}</p>');
  expect(fillMessage(content, parseTemplate(content).parts, new Map([['1', `<a href='x'>"&`]]))).toEqual({
    channel: 'email',
    subject: `S <a href='x'>"&`,
    text: `T <a href='x'>"&`,
    html: '<p title="&lt;a href=&#39;x&#39;&gt;&quot;&amp;">&lt;a href=&#39;x&#39;&gt;&quot;&amp;</p>',
  });
  expect(fillMessage(email(), parseTemplate(email()).parts, new Map([['1', 'x']]))).toEqual({
    channel: 'email',
    subject: 'S x',
    text: 'T x',
  });
});

test('an SMS counts its segments', () => {
  const content: ChannelTemplate = { channel: 'sms', template: { ...base, body: '{{1}}' } };
  expect(fillMessage(content, parseTemplate(content).parts, new Map([['1', 'a'.repeat(161)]]))).toMatchObject({
    segments: 2,
  });
});

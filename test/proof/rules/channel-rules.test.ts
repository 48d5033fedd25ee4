import type { ChannelTemplate } from '../../../src/core/company/template';
import { valueFaults } from '../../../src/proof/rules/channel-rules';
import { parseTemplate } from '../../../src/proof/template/fill-template';
import { readHtml } from '../../../src/proof/template/html-places';

/** The rules that a value breaks at the place `{{x}}` of an e-mail's HTML. */
function faults(html: string, value: string): readonly string[] {
  const variable = { source: 'generated', max_length: 500, required: true, description: 'd', fallback: 'f' } as const;
  const content = {
    channel: 'email',
    template: { name: 'n', version: 1, language: 'en', subject: 's', text: 't', html, variables: { x: variable } },
  } as unknown as ChannelTemplate;
  const { parts } = parseTemplate(content);
  return valueFaults({ content, parts, html: readHtml(parts.html ?? []) }, 'x', variable, value);
}

test.each([
  ['<a href="{{x}}">a</a>', 'https://example.com/pay'],
  ['<a href="{{x}}">a</a>', 'mailto:desk@example.com'],
  ['<a href="{{x}}">a</a>', 'tel:+44 7700 900210'],
  ['<a href="mailto:{{x}}">a</a>', 'desk@example.com'],
  ['<a href="tel:{{x}}">a</a>', '+44 (7700) 900-210'],
  ['<a href="mailto:desk@example.com?subject={{x}}">a</a>', 'About your stay'],
  ['<p title="{{x}}">a</p>', '100 %, a & b?'],
])('in %s the value %p is a plain one', (html, value) => {
  expect(faults(html, value)).toEqual([]);
});

test.each([
  ['<a href="{{x}}">a</a>', 'http://example.com/pay'],
  ['<a href="{{x}}">a</a>', 'javascript:alert(1)'],
  ['<a href="{{x}}">a</a>', 'mailto:a%40evil.example'],
  ['<a href="{{x}}">a</a>', 'mailto:desk@example.com?bcc=a%40evil.example'],
  ['<a href="{{x}}">a</a>', 'mailto:desk@example.com,other@example.com'],
  ['<a href="{{x}}">a</a>', 'tel:+447700900210;phone-context=evil.example'],
  ['<a href="mailto:{{x}}">a</a>', 'a%40evil.example'],
  ['<a href="mailto:{{x}}">a</a>', 'desk@example.com?bcc=a%40evil.example'],
  ['<a href="mailto:{{x}}">a</a>', 'the desk'],
  ['<a href="tel:{{x}}">a</a>', '*#06#'],
  ['<a href="mailto:desk@example.com?subject={{x}}">a</a>', 'Stay&bcc=a%40evil.example'],
  ['<a href="mailto:desk@example.com?subject={{x}}">a</a>', 'Stay%0Abcc:a'],
])('in %s the value %p leads elsewhere', (html, value) => {
  expect(faults(html, value)).toEqual(['unsafe_link']);
});

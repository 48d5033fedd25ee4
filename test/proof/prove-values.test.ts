import { proveValues } from '../../src/proof/prove-values';
import {
  EMAIL,
  FALLBACK,
  FIRST_NAME,
  project,
  settings,
  SUBJECT,
  UNCLEAR,
  WHATSAPP,
} from '../processor/composition/recruitment';

const GOOD = 'we see two end dates, June 2023 and August 2023.';
const prove = (values: Readonly<Record<string, string>>, template: object = WHATSAPP, limits = {}) =>
  proveValues({ subject: SUBJECT, project: project(limits), content: settings('whatsapp', template).content, values });

test('what a person wrote is proved like what a model wrote; what is left out is copied', () => {
  expect(prove({ 2: ` ${GOOD} ` })).toEqual({
    outcome: 'proved',
    filled: expect.objectContaining({ channel: 'whatsapp', variables: { 1: 'Amara', 2: GOOD } }),
    values: { 1: 'Amara', 2: GOOD },
    verdicts: { 1: 'copied', 2: 'proved' },
  });
});

test('a value that is the copy or the fallback counts as such', () => {
  expect(prove({ 1: 'Amara', 2: FALLBACK })).toMatchObject({
    outcome: 'proved',
    verdicts: { 1: 'copied', 2: 'fallback' },
  });
  const broken = { ...WHATSAPP, variables: { 1: FIRST_NAME, 2: { ...UNCLEAR, fallback: 'two\nlines' } } };
  expect(prove({ 2: 'two\nlines' }, broken)).toMatchObject({ outcome: 'refused', detail: '2: line_break' });
});

test('a copied variable may be corrected, but only to what the facts prove', () => {
  expect(prove({ 1: 'Ms Okafor', 2: GOOD })).toMatchObject({ outcome: 'proved', verdicts: { 1: 'proved' } });
  expect(prove({ 1: 'evil.example', 2: GOOD })).toMatchObject({ outcome: 'refused', detail: '1: unknown_link' });
});

test('every fault is named by its variable', () => {
  expect(prove({ 2: 'Pay £9 at evil.example', 3: 'x' })).toEqual({
    outcome: 'refused',
    detail: '3: unknown_variable; 2: unknown_link, unknown_amount',
    faults: [
      { variable: '3', rules: ['unknown_variable'] },
      { variable: '2', rules: ['unknown_link', 'unknown_amount'] },
    ],
  });
});

test('a value that is missing and cannot be copied is a fault', () => {
  const template = { ...WHATSAPP, variables: { 1: { ...FIRST_NAME, copy_of: 'project_data.nickname' }, 2: UNCLEAR } };
  expect(prove({}, template)).toMatchObject({ outcome: 'refused', detail: '1: fact_missing; 2: missing' });
  expect(prove({ 1: 'Amara', 2: GOOD }, template)).toMatchObject({ outcome: 'proved', verdicts: { 1: 'proved' } });
});

test('the whole message keeps its rules', () => {
  expect(prove({ 2: GOOD }, WHATSAPP, { max_message_length: 20 })).toEqual({
    outcome: 'refused', detail: 'message: over_company_limit', faults: [{ rules: ['over_company_limit'] }],
  });
});

test('braces that are put together by value and template are found', () => {
  const template = { ...EMAIL, subject: 'x {{topic}}', text: '{{first_name}} {{{point}}' };
  const content = settings('email', { ...template, text: '{ {{point}} {{first_name}}' }).content;
  const ask = (point: string) =>
    proveValues({ subject: SUBJECT, project: project(), content, values: { topic: 'CV', point } });
  expect(ask('fine')).toMatchObject({ outcome: 'proved' });
  const touching = settings('email', { ...template, text: '{{first_name}}{{point}}' }).content;
  const values = { topic: 'CV', first_name: 'a name{', point: '{point' };
  expect(proveValues({ subject: SUBJECT, project: project(), content: touching, values })).toMatchObject({
    outcome: 'refused',
    detail: 'message: template_syntax',
  });
});

test('a faulty template is named', () => {
  expect(prove({ 2: GOOD }, { ...WHATSAPP, body: '{{1}}' })).toEqual({
    outcome: 'refused',
    detail: 'template: 2 unused',
    faults: [],
  });
});

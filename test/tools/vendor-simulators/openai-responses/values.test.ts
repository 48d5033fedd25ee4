import { readFacts } from '../../../../tools/vendor-simulators/openai-responses/facts';
import { fillSchema } from '../../../../tools/vendor-simulators/openai-responses/values';

const FACTS = readFacts(
  JSON.stringify({
    recipient: { first_name: 'Ada', last_name: 'Marlow' },
    company: { company_name: 'Harbour Recruitment' },
    project_data: {
      job_title: 'Staff nurse',
      points_to_clarify: ['the gap between 2019 and 2021', 'the title at Northfield'],
      salary: 31_500,
      colour: 'Blue',
    },
  }),
);

const fill = (property: Readonly<Record<string, unknown>>, name = 'value') =>
  fillSchema({ type: 'object', properties: { [name]: property } }, FACTS);

describe('filling a schema from facts', () => {
  it.each([
    ["the property's name", 'first_name', { type: 'string' }, 'Ada'],
    ['its description', '1', { type: 'string', description: 'First name of the recipient' }, 'Ada'],
    [
      'plural and singular alike',
      '2',
      { type: 'string', description: 'Each point to clarify, in one sentence' },
      'the gap between 2019 and 2021; the title at Northfield',
    ],
    ['words in camel case', 'jobTitle', { type: 'string' }, 'Staff nurse'],
  ])('finds the fact by %s', (_how, name, property, expected) => {
    expect(fill(property, name)).toEqual({ [name]: expected });
  });

  it('prefers a fact of that name to one among many of that name', () => {
    const facts = readFacts('{"job":{"reference":"A"},"person":{"job":"nurse"}}');
    expect(fillSchema({ type: 'object', properties: { job: { type: 'string' } } }, facts)).toEqual({ job: 'nurse' });
  });

  it('says something neutral where no fact fits', () => {
    const { value } = fill({ type: 'string', description: 'Weather on Mars' }) as { value: string };
    expect(value).toBe('the details that we already hold');
    expect(value).not.toMatch(/\d|http|@|\{/);
  });

  it.each([
    ['maxLength', { type: 'string', description: 'points to clarify', maxLength: 20 }],
    ['its description', { type: 'string', description: 'points to clarify, at most 20 characters' }],
  ])('cuts at a word within the limit of %s', (_where, property) => {
    expect(fill(property)).toEqual({ value: 'the gap between 2019' });
  });

  it('cuts inside a word only where the first is too long already', () => {
    expect(fill({ type: 'string', description: 'company name', maxLength: 4 })).toEqual({ value: 'Harb' });
  });

  it.each([
    [{ type: 'number', description: 'the salary' }, 31_500],
    [{ type: 'integer', description: 'nothing known' }, 0],
    [{ type: 'boolean' }, false],
    [{ type: 'null' }, null],
    [{ type: ['string', 'null'], description: 'job title' }, 'Staff nurse'],
    [{ type: 'array', items: { type: 'string', description: 'job title' } }, ['Staff nurse']],
    [{ type: 'array' }, []],
    [{ type: 'string', enum: ['red', 'blue'], description: 'colour' }, 'blue'],
    [{ type: 'string', enum: ['red', 'green'], description: 'colour' }, 'red'],
    [{ const: 'fixed' }, 'fixed'],
    [{ anyOf: [{ type: 'string', description: 'first name' }, { type: 'null' }] }, 'Ada'],
    [{ anyOf: ['broken'] }, null],
    [
      { type: 'object', properties: { job_title: { type: 'string' }, broken: 1 } },
      { job_title: 'Staff nurse', broken: null },
    ],
    [{ type: 'object' }, {}],
  ])('fills %j', (property, expected) => {
    expect(fill(property)).toEqual({ value: expected });
  });

  it('answers the same facts in the same way', () => {
    const property = { type: 'string', description: 'name of the company' };
    expect(fill(property)).toEqual(fill(property));
  });
});

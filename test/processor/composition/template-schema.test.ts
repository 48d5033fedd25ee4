import { fillSchema } from '../../../src/processor/composition/template-schema';

const ENV_VARS = {
  point: { description: 'The unclear point', max_length: 300, required: true },
  closing: { description: 'A closing line!', max_length: 80, required: false },
  name: { description: 'Name', max_length: 60, required: true, copy_of: 'recipient_data.recipient_first_name' },
};

/** How one variable is asked for: the facts first, then the words. */
const form = (description: string) => ({
  type: 'object',
  properties: {
    evidence: {
      type: 'array',
      description: expect.any(String),
      items: {
        type: 'object',
        properties: {
          path: { type: 'string', description: expect.any(String) },
          quote: { type: 'string', description: expect.any(String) },
        },
        required: ['path', 'quote'],
        additionalProperties: false,
      },
    },
    value: { type: 'string', description },
  },
  required: ['evidence', 'value'],
  additionalProperties: false,
});

test('the schema asks for exactly the named variables, strictly, with their limits in words', () => {
  expect(fillSchema(ENV_VARS, ['point', 'closing'], true)).toEqual({
    type: 'object',
    properties: {
      point: form('The unclear point. At most 300 characters.'),
      closing: form('A closing line! At most 80 characters. An empty text if the facts give nothing for it.'),
    },
    required: ['point', 'closing'],
    additionalProperties: false,
  });
});

test('where nothing may be empty the model is not told otherwise, and unknown names are left out', () => {
  expect(fillSchema(ENV_VARS, ['closing', 'unknown'], false)).toMatchObject({
    properties: { closing: form('A closing line! At most 80 characters.') },
    required: ['closing'],
  });
});

test('no keyword is used that strict mode refuses', () => {
  expect(JSON.stringify(fillSchema(ENV_VARS, ['point'], true))).not.toMatch(/maxLength|minLength|default|oneOf/);
});

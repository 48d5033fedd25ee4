import {
  strictSchemaFault,
  undocumentedKeywords,
} from '../../../../tools/vendor-simulators/openai-responses/schema-check';

const strict = (properties: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) =>
  ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false, ...more });

describe('the check of a strict schema', () => {
  it.each([
    strict({}),
    strict({ name: { type: 'string', description: 'a name' }, age: { type: ['integer', 'null'] } }),
    strict({ inner: strict({ list: { type: 'array', items: { type: 'string' } } }) }),
    strict({
      choice: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      colour: { enum: ['red'] },
      fixed: { const: 1 },
      other: { $ref: '#/$defs/x' },
    }),
  ])('passes %j', (schema) => {
    expect(strictSchemaFault('answer', schema)).toBeUndefined();
  });

  it.each([
    ['no schema at all', undefined, 'got \'type: "None"\''],
    ['a root that is not an object', { type: 'array' }, 'got \'type: "array"\''],
    [
      'additional properties',
      { ...strict({}), additionalProperties: true },
      "In context=(), 'additionalProperties' is required to be supplied and to be false.",
    ],
    ['a property that is not required', { ...strict({ name: { type: 'string' } }), required: [] }, "Missing 'name'."],
    [
      'no list of required properties',
      { type: 'object', properties: {}, additionalProperties: false },
      "'required' is required to be supplied",
    ],
    [
      'a required property that does not exist',
      { ...strict({}), required: ['ghost'] },
      "Extra required key 'ghost' supplied.",
    ],
    [
      'a property without a type',
      strict({ name: { description: 'a name' } }),
      "In context=('properties', 'name'), schema must have a 'type' key.",
    ],
    ['a property that is not a schema', strict({ name: 'string' }), 'schema must be an object.'],
    ['an unknown type', strict({ name: { type: 'text' } }), "'text' is not valid under any of the given schemas."],
    ['an array without items', strict({ list: { type: 'array' } }), 'array schema missing items.'],
    [
      'a fault inside a list',
      strict({ list: { type: 'array', items: { type: 'object' } } }),
      "In context=('properties', 'list', 'items')",
    ],
    [
      'a fault inside a choice',
      strict({ pick: { anyOf: [{ type: 'string' }, { type: 'object' }] } }),
      "In context=('properties', 'pick', 'anyOf', '1')",
    ],
  ])('refuses %s', (_what, schema, words) => {
    const fault = strictSchemaFault('answer', schema);
    expect(fault).toContain("Invalid schema for response_format 'answer': ");
    expect(fault).toContain(words);
  });

  it('names the keywords that OpenAI does not document, each once', () => {
    expect(
      undocumentedKeywords(
        strict({ one: { type: 'string', maxLength: 3 }, two: { type: 'string', maxLength: 4, minLength: 1 } }),
      ),
    ).toEqual(['maxLength', 'minLength']);
    expect(undocumentedKeywords(strict({ one: { type: 'string', description: 'fine' } }))).toEqual([]);
    expect(undocumentedKeywords('no schema')).toEqual([]);
  });
});

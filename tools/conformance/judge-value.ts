import type { ValidateFunction } from 'ajv/dist/2020';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { JsonRecord } from '../vendor-simulators/json-record';
import { isJsonRecord } from '../vendor-simulators/json-record';
import { list } from './find-operation';
import type { Verdict } from './recorded-request';
import { resolved } from './vendor-documents';

/** Keywords that judge a value by itself; all others are about its parts. */
const OWN_KEYWORDS = [
  'type', 'nullable', 'enum', 'const', 'format', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum',
  'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems', 'uniqueItems', 'minProperties',
  'maxProperties',
];

/**
 * A number of E.164, a short code, a word of at most 11 characters, or an address of a channel (`whatsapp:+44…`):
 * what Twilio's descriptions let stand where its documents say `phone-number`.
 */
const PHONE_NUMBER = /^(?:\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}|[a-z]+:\S+)$/;

/** Judges values by schemas of one document. */
export type JudgeValue = (value: unknown, schema: unknown, name: string) => readonly Verdict[];

/**
 * Judges each field of a value: every documented rule, and that it is documented at all. Schemas of vendors leave
 * `additionalProperties` out nearly everywhere, so that a validator alone would let a misspelt field through.
 */
export function valueJudge(document: JsonRecord): JudgeValue {
  const ajv = new Ajv({
    strict: false, allErrors: true, validateSchema: false, logger: false, unicodeRegExp: false,
    formats: { 'phone-number': PHONE_NUMBER },
  });
  addFormats(ajv);
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (rules: JsonRecord): ValidateFunction => {
    const key = JSON.stringify(rules);
    const validate = compiled.get(key) ?? ajv.compile(rules);
    compiled.set(key, validate);
    return validate;
  };

  /** The schemas without references and choices that hold for this value. */
  const applying = (schema: unknown, value: unknown): readonly JsonRecord[] => {
    const own = resolved(schema, document);
    const choices = [own.anyOf, own.oneOf].map(list).filter((branches) => branches.length > 0);
    return [
      own,
      ...list(own.allOf).flatMap((part) => applying(part, value)),
      ...choices.flatMap((branches) => applying(nearest(branches, value), value)),
    ];
  };

  /** The branch that the value breaks least. */
  const nearest = (branches: readonly unknown[], value: unknown): unknown => {
    const judged = branches.map((branch) => ({ branch, faults: countFaults(judge(value, branch, '')) }));
    return judged.sort((one, other) => one.faults - other.faults)[0]?.branch;
  };

  const judge: JudgeValue = (value, schema, name) => {
    const schemas = applying(schema, value);
    const faults = schemas.flatMap((one) => ownFaults(validatorOf, value, one));
    const own: Verdict = faults.length === 0
      ? { parameter: name } : { parameter: name, fault: [...new Set(faults)].join('; ') };
    if (Array.isArray(value)) {
      const items = { allOf: schemas.map((one) => one.items).filter((one) => one !== undefined) };
      return [own, ...value.flatMap((item: unknown, index) => judge(item, items, `${name}[${index}]`))];
    }
    return isJsonRecord(value) ? [own, ...judgeFields(value, schemas, name, judge)] : [own];
  };
  return judge;
}

function judgeFields(value: JsonRecord, schemas: readonly JsonRecord[], name: string, judge: JudgeValue) {
  // `body content[0].type`, `form To`.
  const path = (key: string) => (name.includes(' ') ? `${name}.${key}` : `${name} ${key}`);
  const missing = schemas.flatMap((one) => list(one.required)).map(String).filter((key) => !(key in value));
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  return [
    ...[...new Set(missing)].map((key): Verdict => ({ parameter: path(key), fault: 'is required, and missing' })),
    ...given.flatMap(([key, part]): readonly Verdict[] => {
      const known = schemas.flatMap((one) => (isJsonRecord(one.properties) && Object.hasOwn(one.properties, key)
        ? [one.properties[key]] : []));
      if (known.length > 0) return judge(part, { allOf: known }, path(key));
      const free = schemas.flatMap(freeFields);
      if (free.length === 0) return [{ parameter: path(key), fault: 'is not documented' }];
      // What may be anything has no parts to judge.
      return free.every((one) => Object.keys(one).length === 0)
        ? [{ parameter: path(key) }] : judge(part, { allOf: free }, path(key));
    }),
  ];
}

/** What a field may be that has no name in the schema; nothing where the schema lists its fields. */
function freeFields({ properties, additionalProperties, type, ...rest }: JsonRecord): readonly JsonRecord[] {
  if (additionalProperties === true) return [{}];
  if (isJsonRecord(additionalProperties)) return [additionalProperties];
  const named = [rest.allOf, rest.anyOf, rest.oneOf, properties, additionalProperties];
  const isOpen = named.every((one) => one === undefined);
  // `type: object` and no more is a map, and an empty schema is anything.
  return isOpen && (type === undefined || type === 'object') ? [{}] : [];
}

function ownFaults(
  validatorOf: (rules: JsonRecord) => ValidateFunction, value: unknown, schema: JsonRecord,
): readonly string[] {
  const rules = Object.fromEntries(Object.entries(schema).filter(([keyword]) => OWN_KEYWORDS.includes(keyword)));
  const { exclusiveMinimum: above, exclusiveMaximum: below } = rules;
  // OpenAPI 3.0 writes these two as switches of `minimum` and `maximum`.
  if (typeof above === 'boolean') delete rules.exclusiveMinimum;
  if (typeof below === 'boolean') delete rules.exclusiveMaximum;
  if (above === true) rules.exclusiveMinimum = rules.minimum;
  if (below === true) rules.exclusiveMaximum = rules.maximum;
  if (rules.nullable === true && value === null) return [];
  // Only the type matters to a choice of `null`, and Ajv takes `nullable` beside a type alone.
  delete rules.nullable;
  const validate = validatorOf(rules);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ keyword, message = 'breaks the schema', params }) =>
    keyword === 'enum' ? `must be one of ${list(params.allowedValues).join(', ')}` : message);
}

export function countFaults(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ fault }) => fault !== undefined).length;
}

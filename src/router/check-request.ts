import * as z from 'zod/mini';
import { CHANNEL_DEFINITIONS, parseChannel } from '../core/channel';
import type { Channel } from '../core/channel';
import type { Fault, RefusalCode } from '../core/contract/refusal';
import type { ConversationRequest } from '../core/contract/request';
import {
  DEPTH_LIMIT,
  FACT_NAME_LIMIT,
  FACT_TEXT_LIMIT,
  LARGEST_NUMBER,
  SMALLEST_NUMBER,
} from '../core/contract/request';
import { isObject } from './parse-body';
import { requestSchema, wantedAnswer } from './request-schema';
import type { ShapeFault } from './shape-fault';
import type { JsonPlace } from './walk-json';
import { walkJson } from './walk-json';

type Fields = Readonly<Record<string, unknown>>;

export type CheckedRequest =
  | {
    readonly valid: true;
    readonly request: ConversationRequest;
    /** Fields that the engine does not know, by name alone. */
    readonly warnings: readonly Fault[];
  }
  | { readonly valid: false; readonly faults: readonly ShapeFault[] };

const codes = (missing: RefusalCode, invalid: RefusalCode = missing) => ({ missing, invalid });

/** The contract's word for what is missing and for what is there but wrong, by path. */
const CODES: ReadonlyMap<string, { readonly missing: RefusalCode; readonly invalid: RefusalCode }> = new Map([
  ['company_data', codes('MISSING_COMPANY_DATA', 'INVALID_COMPANY_DATA_TYPE')],
  ['company_data.company_id', codes('MISSING_IDENTIFIERS')],
  ['company_data.project_id', codes('MISSING_IDENTIFIERS')],
  ['recipient_data', codes('MISSING_RECIPIENT_DATA', 'INVALID_RECIPIENT_DATA_TYPE')],
  ['recipient_data.recipient_first_name', codes('INVALID_RECIPIENT_DATA_TYPE')],
  ['recipient_data.recipient_last_name', codes('INVALID_RECIPIENT_DATA_TYPE')],
  ['recipient_data.recipient_tel', codes('MISSING_RECIPIENT_TEL', 'INVALID_RECIPIENT_TEL')],
  ['recipient_data.recipient_email', codes('MISSING_RECIPIENT_EMAIL', 'INVALID_RECIPIENT_EMAIL')],
  ['recipient_data.comms_consent', codes('MISSING_COMMS_CONSENT', 'INVALID_COMMS_CONSENT_TYPE')],
  ['project_data', codes('INVALID_PROJECT_DATA_TYPE')],
  ['request_data', codes('MISSING_REQUEST_DATA', 'INVALID_REQUEST_DATA_TYPE')],
  ['request_data.request_id', codes('MISSING_REQUEST_ID', 'INVALID_REQUEST_ID')],
  ['request_data.channel_method', codes('MISSING_CHANNEL_METHOD', 'UNSUPPORTED_CHANNEL')],
  ['request_data.initial_request_timestamp', codes('MISSING_INITIAL_REQUEST_TIMESTAMP', 'INVALID_TIMESTAMP')],
  ['request_data.expected_answers', codes('INVALID_EXPECTED_ANSWERS')],
  ['request_data.send_at', codes('INVALID_SEND_AT')],
  ['request_data.send_before', codes('INVALID_SEND_BEFORE')],
  ['request_data.test', codes('INVALID_TEST')],
]);

/** Checks a body's shape and collects every fault at once. */
export function checkRequest(body: Fields): CheckedRequest {
  const present = withoutBlanks(body, 2);
  const result = z.safeParse(requestSchema, present);
  const channel = channelOf(present);
  const faults = [
    ...(result.success ? [] : result.error.issues.map((issue) => toFault(present, issue))),
    ...missingAddress(present, channel),
    ...unstorableFacts(present.project_data),
  ];
  if (!result.success || !channel || faults.length > 0) return { valid: false, faults };
  const { request_data, project_data: facts, ...rest } = result.data;
  // The schema's copy of the facts lacks a field named __proto__, which JSON allows.
  const project_data = isObject(present.project_data) ? present.project_data : facts;
  const request = { ...rest, project_data, request_data: { ...request_data, channel_method: channel } };
  return { valid: true, request, warnings: unknownFields(present) };
}

/** Names repeated to the client at most. */
const WARNINGS = 10;

/** A misspelled field would otherwise be ignored in silence. Facts may have any name. */
function unknownFields(body: Fields): readonly Fault[] {
  const sections: Readonly<Record<string, unknown>> = requestSchema.shape;
  const paths = Object.entries(body).flatMap(([section, fields]) => {
    const known = Object.hasOwn(sections, section) ? sections[section] : undefined;
    if (known === undefined) return [section];
    if (!(known instanceof z.ZodMiniObject) || !isObject(fields)) return [];
    return Object.keys(fields)
      .filter((field) => !Object.hasOwn(known.shape, field))
      .map((field) => `${section}.${field}`);
  });
  paths.push(...unknownOfAnswers(body.request_data));
  return paths
    .slice(0, WARNINGS)
    .map((path) => ({ path: readable(path), message: 'is not a known field, and was ignored' }));
}

/** A question in a request would otherwise seem to replace the template's. */
function unknownOfAnswers(section: unknown): readonly string[] {
  const wanted = isObject(section) ? section.expected_answers : undefined;
  if (!Array.isArray(wanted)) return [];
  const { shape } = wantedAnswer();
  return wanted.flatMap((one: unknown, index) => (
    Object.keys(isObject(one) ? one : {})
      .filter((field) => !Object.hasOwn(shape, field))
      .map((field) => `request_data.expected_answers.${index}.${field}`)
  ));
}

/** Null and the empty text count as missing, in every section and field but inside the facts. */
function withoutBlanks(fields: Fields, levels: number): Fields {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      levels > 1 && name !== 'project_data' && isObject(value) ? withoutBlanks(value, levels - 1) : value,
    ]),
  );
}

function toFault(body: Fields, issue: z.core.$ZodIssue): ShapeFault {
  const [section = '', field, ...inner] = issue.path.map(String);
  const inSection = body[section];
  const value = field === undefined ? inSection : isObject(inSection) && inSection[field];
  const path = [section, ...(field === undefined ? [] : [field])].join('.');
  const { missing, invalid } = CODES.get(path) ?? codes('INVALID_REQUEST');
  return value === undefined
    ? { code: missing, path, message: 'is missing' }
    : { code: invalid, path: [path, ...inner].join('.'), message: issue.message };
}

function channelOf(body: Fields): Channel | undefined {
  const word = isObject(body.request_data) ? body.request_data.channel_method : undefined;
  return typeof word === 'string' ? parseChannel(word) : undefined;
}

function missingAddress(body: Fields, channel: Channel | undefined): readonly ShapeFault[] {
  if (!channel || !isObject(body.recipient_data)) return [];
  const field = CHANNEL_DEFINITIONS[channel].address.requestField;
  if (body.recipient_data[field] !== undefined) return [];
  const code = field === 'recipient_tel' ? 'MISSING_RECIPIENT_TEL' : 'MISSING_RECIPIENT_EMAIL';
  return [{ code, path: `recipient_data.${field}`, message: `is missing: the channel ${channel} needs it` }];
}

/** Faults named at most, where every element of a long list might have the same one. */
const FACT_FAULTS = 10;

/** Characters of a fault's path. */
const PATH_LENGTH = 200;

/** What a record could not hold unchanged is refused, rather than stored as another value. */
function unstorableFacts(facts: unknown): readonly ShapeFault[] {
  const faults: ShapeFault[] = [];
  for (const place of walkJson(facts, 'project_data', DEPTH_LIMIT)) {
    faults.push(...faultsOfFact(place).map((fault) => ({ ...fault, path: readable(place.path) })));
    if (faults.length >= FACT_FAULTS) break;
  }
  return faults;
}

function faultsOfFact({ field, value }: JsonPlace): ReadonlyArray<Omit<ShapeFault, 'path'>> {
  const faults: Array<Omit<ShapeFault, 'path'>> = [];
  if (field === '') faults.push({ code: 'INVALID_PROJECT_DATA_TYPE', message: 'holds a field without a name' });
  if (typeof value === 'number' && !isStorable(value)) {
    faults.push({
      code: 'INVALID_PROJECT_DATA_TYPE',
      message: 'is a number that cannot be kept exactly: send it as text',
    });
  }
  if (field !== undefined && field.length > FACT_NAME_LIMIT) {
    faults.push({ code: 'PAYLOAD_TOO_LARGE', message: `has a name of more than ${FACT_NAME_LIMIT} characters` });
  }
  if (typeof value === 'string' && value.length > FACT_TEXT_LIMIT) {
    faults.push({
      code: 'PAYLOAD_TOO_LARGE',
      message: `has more than ${FACT_TEXT_LIMIT} characters: send the part that the message needs`,
    });
  }
  return faults;
}

/** A path is repeated to the client, so no longer than a person reads. */
function readable(path: string): string {
  return path.length <= PATH_LENGTH ? path : `${path.slice(0, PATH_LENGTH)}…`;
}

/** Beyond 2^53 JSON's numbers lose digits here, and DynamoDB's begin at 1e-130. */
function isStorable(value: number): boolean {
  return Math.abs(value) <= LARGEST_NUMBER && (value === 0 || Math.abs(value) >= SMALLEST_NUMBER);
}

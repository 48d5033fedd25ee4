import type { RefusalCode } from '../core/contract/refusal';
import { REFUSAL_STATUS } from '../core/contract/refusal';
import { REFUSAL_MEANINGS, STATUS_MEANINGS } from '../core/contract/refusal-meanings';
import { REFUSAL_EXAMPLES } from './examples';
import type { Json } from './json';

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** On every answer; which of them depends on the stage's origins and on who asks. */
export const CORS_HEADERS: Json = Object.fromEntries(
  ['Access-Control-Allow-Origin', 'Access-Control-Expose-Headers', 'Vary'].map((name) => [name, header(name)]),
);

/** The refusals of an operation, one response a status, each with its own codes. */
export function refusals(codes: readonly RefusalCode[], headers: Json = CORS_HEADERS): Json {
  const statuses = [...new Set(codes.map((code) => REFUSAL_STATUS[code]))];
  const codesOf = (status: number) => codes.filter((code) => REFUSAL_STATUS[code] === status);
  return Object.fromEntries(statuses.map((status) => [String(status), refusal(status, codesOf(status), headers)]));
}

function refusal(status: number, codes: readonly RefusalCode[], shared: Json): Json {
  const example = REFUSAL_EXAMPLES.find(({ error_code: code }) => codes.includes(code));
  return {
    description: [STATUS_MEANINGS[status], '', ...codes.map(meaningOf)].join('\n'),
    headers: { ...(status === 429 && { 'Retry-After': header('Retry-After') }), ...shared },
    content: {
      'application/json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Refusal' },
            { type: 'object', properties: { error_code: { enum: codes } } },
          ],
        },
        ...(example && { example }),
      },
    },
  };
}

/** What a client does about a faulty field is the same for each, and is said once. */
function meaningOf(code: RefusalCode): string {
  const { cause, client } = REFUSAL_MEANINGS[code];
  return `- \`${code}\`: ${REFUSAL_STATUS[code] === 400 ? cause : `${cause} ${client}`}`;
}

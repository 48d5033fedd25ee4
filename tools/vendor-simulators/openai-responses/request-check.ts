import type { JsonRecord } from '../json-record';
import { isJsonRecord } from '../json-record';
import type { VendorAnswer } from '../loopback-server';
import { invalidRequest, unknownModel } from './errors';
import { strictSchemaFault, undocumentedKeywords } from './schema-check';

/** Parameters of `POST /v1/responses` (openai 6.49, ResponseCreateParamsBase). */
const PARAMETERS = new Set([
  'background',
  'context_management',
  'conversation',
  'include',
  'input',
  'instructions',
  'max_output_tokens',
  'max_tool_calls',
  'metadata',
  'model',
  'moderation',
  'parallel_tool_calls',
  'previous_response_id',
  'prompt',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
  'reasoning',
  'safety_identifier',
  'service_tier',
  'store',
  'stream',
  'stream_options',
  'temperature',
  'text',
  'tool_choice',
  'tools',
  'top_logprobs',
  'top_p',
  'truncation',
  'user',
]);

/** Parameters of the older chat API, which OpenAI answers with where they went. */
const MOVED_PARAMETERS: Readonly<Record<string, string>> = {
  response_format: 'text.format',
  max_tokens: 'max_output_tokens',
  messages: 'input',
};

/** A request that OpenAI would serve. */
export interface ResponsesRequest {
  readonly model: string;
  readonly instructions: string;
  /** All text of the input, in order. */
  readonly input: string;
  readonly schema: JsonRecord;
  /** Things that OpenAI would accept and this engine must not ask for. */
  readonly violations: readonly string[];
}

export type CheckedRequest =
  { readonly ok: true; readonly request: ResponsesRequest } | { readonly ok: false; readonly answer: VendorAnswer };

export function checkRequest(body: unknown, models: readonly string[]): CheckedRequest {
  if (!isJsonRecord(body)) {
    return refused(
      "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP "
        + 'library correctly.)',
      'body',
      'invalid_json',
    );
  }
  for (const parameter of Object.keys(body)) {
    const moved = MOVED_PARAMETERS[parameter];
    if (moved !== undefined) {
      return refused(
        `Unsupported parameter: '${parameter}'. In the Responses API, this parameter has moved to '${moved}'.`,
        parameter,
        'unsupported_parameter',
      );
    }
    if (!PARAMETERS.has(parameter)) {
      return refused(`Unknown parameter: '${parameter}'.`, parameter, 'unknown_parameter');
    }
  }
  if (typeof body.model !== 'string') {
    return refused("Missing required parameter: 'model'.", 'model', 'missing_required_parameter');
  }
  if (!models.includes(body.model)) return { ok: false, answer: unknownModel(body.model) };
  const input = inputText(body.input);
  if (input === undefined || input === '') {
    return refused("Missing required parameter: 'input'.", 'input', 'missing_required_parameter');
  }
  return checkFormat(body, body.model, input);
}

function checkFormat(body: JsonRecord, model: string, input: string): CheckedRequest {
  const format = isJsonRecord(body.text) ? body.text.format : undefined;
  if (!isJsonRecord(format) || format.type !== 'json_schema') {
    return refused(
      "This simulator serves structured outputs only: give 'text.format' of type 'json_schema'.",
      'text.format',
      'simulator_needs_json_schema',
    );
  }
  if (typeof format.name !== 'string') {
    return refused("Missing required parameter: 'text.format.name'.", 'text.format.name', 'missing_required_parameter');
  }
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(format.name)) {
    return refused(
      `Invalid 'text.format.name': string does not match pattern. Expected a string that matches the pattern `
        + `'^[a-zA-Z0-9_-]+$'.`,
      'text.format.name',
      'invalid_value',
    );
  }
  const fault = strictSchemaFault(format.name, format.schema);
  if (fault !== undefined || !isJsonRecord(format.schema)) {
    return refused(fault ?? 'Invalid schema.', 'text.format.schema', 'invalid_json_schema');
  }
  return {
    ok: true,
    request: {
      model,
      instructions: typeof body.instructions === 'string' ? body.instructions : '',
      input,
      schema: format.schema,
      violations: violations(body, format),
    },
  };
}

function violations(body: JsonRecord, format: JsonRecord): readonly string[] {
  return [
    ...(body.store === false ? [] : ['store is not false: OpenAI would keep the facts of a person for 30 days']),
    ...(format.strict === true ? [] : ['text.format.strict is not true: OpenAI would not enforce the schema']),
    ...('conversation' in body || 'previous_response_id' in body
      ? ['the call refers to a state that OpenAI would have to keep']
      : []),
    ...undocumentedKeywords(format.schema).map(
      (keyword) => `the schema's keyword ${keyword} is not documented for strict schemas`,
    ),
  ];
}

function inputText(input: unknown): string | undefined {
  if (typeof input === 'string') return input;
  if (!Array.isArray(input)) return undefined;
  return input.map((item: unknown) => (isJsonRecord(item) ? contentText(item.content) : '')).join('\n');
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (isJsonRecord(part) && typeof part.text === 'string' ? part.text : ''))
    .join('\n');
}

function refused(message: string, parameter: string, code: string): CheckedRequest {
  return { ok: false, answer: invalidRequest(message, parameter, code) };
}

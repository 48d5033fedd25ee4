import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { timestamp } from '../../core/ports/clock';
import type { Channel } from '../../core/channel';
import { CHANNEL_DEFINITIONS, CHANNELS, parseChannel } from '../../core/channel';
import { TELEPHONE_NUMBER } from '../../core/channels/address-form';
import type { ConversationRequest } from '../../core/contract/request';
import { checkRequest } from '../../router/check-request';
import { isObject } from '../../router/parse-body';
import { CommandError } from '../command-error';
import { keyAndValue } from '../key-and-value';

/** One request, from a file or from flags. */
export interface RequestOptions {
  readonly file?: string;
  readonly company?: string;
  readonly project?: string;
  readonly channel?: Channel;
  readonly to?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly fact: Readonly<Record<string, string>>;
  readonly consent?: true;
  readonly requestId?: string;
  readonly at?: string;
}

/** Gives a command the flags that describe a request. */
export function withRequestOptions(command: Command): Command {
  return command
    .option('--file <file>', 'the request as JSON, as a client would post it; request_id and timestamp may be left out')
    .option('--company <company_id>', 'instead of a file, or over what it says')
    .option('--project <project_id>')
    .addOption(new Option('--channel <channel>').choices(CHANNELS))
    .option('--to <address>', "the recipient's phone number (E.164) or e-mail address")
    .option('--first-name <name>')
    .option('--last-name <name>')
    .option('--fact <name=value>', 'one fact of project_data; may be repeated', keyAndValue, {})
    .option('--consent', 'the recipient has agreed to be written to')
    .option('--request-id <uuid>', 'a new one unless it is given; the same request may be sent again with the same one')
    .option(
      '--at <time>',
      'initial_request_timestamp (ISO 8601): now, unless it is given; part of what makes a request the same',
    );
}

type Fields = Readonly<Record<string, unknown>>;

/** The request that file and flags make together, as it would be posted. Every fault is named at once. */
export function readRequestDocument(options: RequestOptions, now: number): ConversationRequest {
  const checked = checkRequest(completed(options.file === undefined ? {} : readDocument(options.file), options, now));
  if (checked.valid) return checked.request;
  const faults = checked.faults.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new CommandError(
    `Reading the request failed, and nothing was sent: ${faults}. Put it right in ${options.file ?? 'the flags'}.`,
  );
}

function readDocument(file: string): Fields {
  let text: string;
  try {
    text = readFileSync(resolve(file), 'utf8');
  } catch (error) {
    const code =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no reason was given';
    throw new CommandError(
      'Reading the request failed: '
        + `${code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read (${code})`}; check --file.`,
    );
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    throw new CommandError(
      `Reading the request failed: ${file} is no JSON${placeOf(error, text)}; put it right, or give the request by `
        + 'flags.',
    );
  }
  throw new CommandError(
    `Reading the request failed: ${file} holds no JSON object; see docs/openapi.json for what a request holds.`,
  );
}

/** The line at which a parser of JSON gave up; its own words would quote the text. */
function placeOf(error: unknown, text: string): string {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return position === undefined ? '' : ` (line ${text.slice(0, Number(position)).split('\n').length})`;
}

/** An unknown channel is refused later, by what checks requests. */
function addressField(channel: unknown): string {
  const known = typeof channel === 'string' ? parseChannel(channel) : undefined;
  return (known ? CHANNEL_DEFINITIONS[known].address : TELEPHONE_NUMBER).requestField;
}

function completed(document: Fields, options: RequestOptions, now: number): Fields {
  const section = (name: string): Fields => (isObject(document[name]) ? document[name] : {});
  const { channel = section('request_data').channel_method, to, fact } = options;
  const address = to === undefined ? {} : { [addressField(channel)]: to };
  return {
    ...document,
    ...over(document, 'company_data', given({ company_id: options.company, project_id: options.project })),
    ...over(document, 'recipient_data', {
      ...given({
        recipient_first_name: options.firstName,
        recipient_last_name: options.lastName,
        comms_consent: options.consent,
      }),
      ...address,
    }),
    ...over(document, 'project_data', fact),
    request_data: {
      request_id: randomUUID(),
      initial_request_timestamp: timestamp(now),
      ...section('request_data'),
      ...given({
        request_id: options.requestId,
        channel_method: options.channel,
        initial_request_timestamp: options.at,
      }),
    },
  };
}

/** Lays what flags say over a section, and leaves a section alone that they say nothing of, whatever it is. */
function over(document: Fields, name: string, said: Fields): Fields {
  if (Object.keys(said).length === 0) return {};
  return { [name]: { ...(isObject(document[name]) ? document[name] : {}), ...said } };
}

function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

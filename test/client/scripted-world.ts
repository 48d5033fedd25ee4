import type { ClientWorld } from '../../src/client/client-world';

/** What a send meets: an answer, or a failure of the network. */
export type Meeting =
  | {
    readonly status: number;
    readonly body: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    readonly takes?: number;
  }
  | Error;

export const ACCEPTED = {
  status: 200,
  body: {
    status: 'success',
    request_id: 'r',
    message: 'queued',
    queue_timestamp: '2026-11-22T10:00:00.000Z',
    conversation_id: 'a#b#r#447700900100',
  },
};

export function refusal(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
  details?: unknown,
) {
  return {
    status,
    headers,
    body: {
      status: 'error',
      error_code: code,
      message: `The ${code} of a test.`,
      request_id: 'r',
      ...(details === undefined ? {} : { details }),
    },
  };
}

/**
 * A world whose network meets every send with the next of a list, the last one for ever, and whose time passes only in
 * it.
 */
export class ScriptedWorld implements ClientWorld {
  readonly sent: Array<{ readonly url: string; readonly key: string | null; readonly body: unknown }> = [];
  readonly waits: number[] = [];
  private time = Date.parse('2026-11-22T10:00:00Z');
  private identifiers = 0;

  constructor(private readonly meetings: readonly Meeting[], private readonly chance = 0.5) {}

  readonly fetch = async (request: Request): Promise<Response> => {
    const meeting = this.meetings[Math.min(this.sent.length, this.meetings.length - 1)];
    const given = await request.text();
    this.sent.push({
      url: request.url,
      key: request.headers.get('x-api-key'),
      body: given === '' ? undefined : JSON.parse(given),
    });
    if (!meeting || !('status' in meeting)) throw meeting ?? new Error('Nothing is scripted.');
    this.time += meeting.takes ?? 0;
    const text = typeof meeting.body === 'string' ? meeting.body : JSON.stringify(meeting.body);
    return new Response(text, {
      status: meeting.status,
      headers: { 'content-type': 'application/json', ...meeting.headers },
    });
  };

  readonly now = () => this.time;
  readonly random = () => this.chance;
  readonly newIdentifier = () => `0d4c9a1e-3f52-4c0b-8a77-5b1d2e6f7a${String(this.identifiers += 1).padStart(2, '0')}`;

  readonly sleep = async (milliseconds: number) => {
    this.waits.push(milliseconds);
    this.time += milliseconds;
  };
}

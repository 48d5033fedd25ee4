import type { InitiateAnswer } from '../../src/router/answer';
import { initiateConversation } from '../../src/router/initiate';
import type { RequestCall } from '../../src/router/admit-call';
import { sha256 } from '../../src/core/sha256';
import type { RouterPorts, RouterSettings } from '../../src/router/router-ports';
import { FakeClock } from '../support/fake-clock';
import { FakeObserver } from '../support/fake-observer';
import { FakeQueue } from '../support/fake-queue';
import { MemoryConversations } from '../support/memory-conversations';
import { MemoryDirectory } from '../support/memory-directory';
import { MemoryRequestLimits } from '../support/memory-request-limits';
import { sampleCompany } from '../support/sample-message';

export const API_KEY = 'sample-key-of-brightpath';
export const REQUEST_ID = '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90';
export const RECIPIENT = '+447700900123';
export const SENDER = '447700900002';
export const CONVERSATION_ID = `brightpath#cv-review#${REQUEST_ID}#${SENDER}`;
export const RETENTION_DAYS = 30;

type Sections = Readonly<
  Record<'company_data' | 'recipient_data' | 'project_data' | 'request_data', Readonly<Record<string, unknown>>>
>;

/** A request that the router accepts, with changes by section; a field that is set to undefined is left out. */
export function sampleRequest(changes: Partial<Sections> = {}): Sections {
  const base: Sections = {
    company_data: { company_id: 'brightpath', project_id: 'cv-review' },
    recipient_data: {
      recipient_first_name: 'Ada',
      recipient_last_name: 'Sample',
      recipient_tel: RECIPIENT,
      recipient_email: 'ada@example.com',
      comms_consent: true,
    },
    project_data: { position: 'Backend engineer', years: [2019, 2021] },
    request_data: { request_id: REQUEST_ID, channel_method: 'sms', initial_request_timestamp: '2026-11-02T08:59:58Z' },
  };
  return {
    company_data: { ...base.company_data, ...changes.company_data },
    recipient_data: { ...base.recipient_data, ...changes.recipient_data },
    project_data: changes.project_data ?? base.project_data,
    request_data: { ...base.request_data, ...changes.request_data },
  };
}

/** A router over ports in memory, with one company and its key. */
export class RouterWorld {
  readonly clock = new FakeClock();
  readonly observer = new FakeObserver();
  readonly queue = new FakeQueue(this.clock);
  readonly conversations = new MemoryConversations();
  readonly directory = new MemoryDirectory();
  private identifiers = 0;

  readonly ports: RouterPorts = {
    directory: this.directory,
    conversations: this.conversations,
    queue: this.queue,
    limits: new MemoryRequestLimits(),
    clock: this.clock,
    newIdentifier: () => `identifier-${(this.identifiers += 1)}`,
    observer: this.observer,
  };

  readonly settings: RouterSettings = { allowedOrigins: ['https://app.example.com'], retentionDays: RETENTION_DAYS };

  constructor(company: Readonly<Record<string, unknown>> = {}) {
    this.directory.seedCompany(sampleCompany(company));
    this.seedKey(API_KEY);
  }

  seedKey(key: string, grant: Partial<Parameters<MemoryDirectory['seedKey']>[1]> = {}): void {
    this.directory.seedKey(sha256(key), {
      company_id: 'brightpath',
      project_ids: ['cv-review'],
      created_at: '2026-01-01T00:00:00.000Z',
      ...grant,
    });
  }

  /** Posts a value as JSON with the company's key. */
  post(body: unknown, call: Partial<RequestCall> = {}, ports: RouterPorts = this.ports): Promise<PostAnswer> {
    return this.send({ apiKey: API_KEY, body: JSON.stringify(body), isBase64: false, ...call }, ports);
  }

  /** Makes a call exactly as it is given. */
  async send(call: RequestCall, ports: RouterPorts = this.ports): Promise<PostAnswer> {
    const answer = await initiateConversation(call, ports, this.settings);
    return { ...answer, json: JSON.parse(answer.body) as PostAnswer['json'] };
  }
}

export type PostAnswer = InitiateAnswer & { readonly json: Readonly<Record<string, unknown>> };

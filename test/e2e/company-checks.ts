import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createEngineClient } from '../../src/client/engine-client';
import type { MessageRequest } from '../../src/client/initiate-result';
import { CHANNELS } from '../../src/core/channel';
import type { Channel } from '../../src/core/channel';
import { timestamp } from '../../src/core/ports/clock';
import { sampleRequest } from '../../tools/local-stage/sample/requests';
import { call, expectAnswer } from './api-calls';
import type { Check } from './run-checks';
import { expectThat } from './run-checks';
import type { StageUnderTest } from './stage-under-test';
import type { TestCompany, Undo } from './test-company';
import { forgetRequest, tell } from './test-company';

const POST = { method: 'post', path: '/initiate-conversation' } as const;
const GET = { method: 'get', path: '/conversations/{conversation_id}' } as const;
const POLL_MILLISECONDS = 250;

export interface SuiteWorld {
  readonly stage: StageUnderTest;
  readonly company: TestCompany;
  readonly undo: Undo;
  /** In which a message must come to its end. */
  readonly patienceMilliseconds: number;
}

/** What the suite asks of a stage on which it has a company of its own. */
export function companyChecks(world: SuiteWorld): readonly Check[] {
  return [
    ...refusals(world),
    ...CHANNELS.flatMap((channel) => messageChecks(world, channel)),
    { title: 'tells nobody of a conversation that does not exist', run: async () => unknownConversation(world) },
  ];
}

function refusals({ stage: { url }, company }: SuiteWorld): readonly Check[] {
  const post = async (body: unknown, key?: string) =>
    call(url, 'post', POST.path, {
      headers: { 'content-type': 'application/json', ...(key && { 'x-api-key': key }) },
      body: JSON.stringify(body),
    });
  const request = () => requestOf(company, 'sms', randomUUID());
  const refuses = (
    title: string,
    status: number,
    code: string,
    change: (body: ReturnType<typeof request>) => unknown,
    key: string | undefined = company.apiKey,
  ): Check => ({
    title: `refuses ${title}`,
    run: async () => {
      expectAnswer(await post(change(request()), key), { ...POST, status, code });
    },
  });
  return [
    {
      title: 'refuses a call without a key',
      run: async () => {
        expectAnswer(await post(request()), { ...POST, status: 403, code: 'FORBIDDEN' });
      },
    },
    refuses('an unknown key', 403, 'FORBIDDEN', (body) => body, `unknown-${randomUUID()}`),
    refuses('a faulty body, with every fault named', 400, 'INVALID_REQUEST_ID', (body) => ({
      ...body,
      request_data: { ...body.request_data, request_id: 'first' },
      recipient_data: { ...body.recipient_data, recipient_tel: '07700 900210' },
    })),
    refuses('to write without consent', 403, 'CONSENT_REQUIRED', (body) => ({
      ...body,
      recipient_data: { ...body.recipient_data, comms_consent: false },
    })),
    refuses("another company's name", 404, 'COMPANY_NOT_FOUND', (body) => ({
      ...body,
      company_data: { ...body.company_data, company_id: `${company.companyId}-other` },
    })),
    refuses("another project's name", 404, 'COMPANY_NOT_FOUND', (body) => ({
      ...body,
      company_data: { ...body.company_data, project_id: 'other' },
    })),
  ];
}

function messageChecks(world: SuiteWorld, channel: Channel): readonly Check[] {
  const request = requestOf(world.company, channel, randomUUID());
  const send = async () => accepted(world, request);
  const { simulators } = world.stage;
  return [
    {
      title: `accepts a message by ${channel}`,
      run: async () => {
        await send();
      },
    },
    ...(simulators
      ? [
        {
          title: `sends the message by ${channel} once, and hears of its delivery`,
          run: async () => delivered(world, channel, (await send()).conversationId),
        },
      ]
      : [
        // No vendor knows the test company. That they say so proves every step before them, and nothing reaches
        // anybody.
        {
          title: `hands the message by ${channel} to the vendor, who does not know the company`,
          run: async () => handedOver(world, (await send()).conversationId),
        },
      ]),
    { title: `refuses the same request_id by ${channel} with another body`, run: async () => conflict(world, request) },
    {
      title: `answers the repeated request by ${channel} as before`,
      run: async () => {
        expectThat((await send()).replayed, 'The repeated request was not recognised.');
      },
    },
  ];
}

async function accepted(
  { stage, company, undo }: SuiteWorld,
  request: MessageRequest & { readonly request_data: { readonly request_id: string } },
) {
  const {
    request_data: { request_id: requestId, channel_method: channel },
  } = request;
  forgetRequest(stage, company, requestId, addressOf(company, channel), undo);
  const result = await clientOf(stage, company).initiateConversation(request);
  expectThat(result.outcome === 'accepted', `The request was not accepted: ${JSON.stringify(result)}.`);
  return result;
}

async function delivered(world: SuiteWorld, channel: Channel, conversationId: string): Promise<void> {
  const { stage: { simulators }, company } = world;
  const told = await awaitConversation(
    world,
    conversationId,
    ({ delivery_status: delivery, is_final: isFinal, conversation_status: status }) =>
      delivery === 'delivered' || delivery === 'read' || (isFinal && status !== 'initial_message_sent'),
  );
  expectThat(
    told.conversation_status === 'initial_message_sent' && told.attempts === 1,
    `It ended as ${told.conversation_status} (${told.reason?.code ?? 'no reason'}) after ${told.attempts} attempts.`,
  );
  const simulator = channel === 'email' ? simulators?.sendgrid : simulators?.twilio;
  const deliveries: unknown = await tell(simulator ?? '', 'deliveries');
  const ours = (Array.isArray(deliveries) ? deliveries : []).filter(
    (delivery: Readonly<Record<string, unknown>>) =>
      delivery.channel === channel && delivery.to === addressOf(company, channel),
  );
  expectThat(ours.length === 1, `The vendor's simulator took ${ours.length} messages instead of one.`);
  expectThat(
    String(ours[0]?.text).includes('Staff Nurse, Intensive Care'),
    'The message does not hold the facts of the request.',
  );
}

async function handedOver(world: SuiteWorld, conversationId: string): Promise<void> {
  const told = await awaitConversation(
    world,
    conversationId,
    ({ reason, is_final: isFinal }) => reason !== null || isFinal,
  );
  expectThat(
    told.reason?.code === 'sender_misconfigured',
    `It is ${told.conversation_status}, ${told.reason?.code ?? 'without a reason'}, instead of waiting for the `
      + `sender's credentials.`,
  );
}

async function conflict({ stage: { url }, company }: SuiteWorld, request: ReturnType<typeof requestOf>): Promise<void> {
  const changed = { ...request, project_data: { ...request.project_data, job_title: 'Porter' } };
  const headers = { 'content-type': 'application/json', 'x-api-key': company.apiKey };
  expectAnswer(await call(url, 'post', POST.path, { headers, body: JSON.stringify(changed) }), {
    ...POST,
    status: 409,
    code: 'IDEMPOTENCY_CONFLICT',
  });
}

async function unknownConversation({ stage: { url }, company }: SuiteWorld): Promise<void> {
  const ask = async (id: string, key: string) =>
    call(url, 'get', `/conversations/${encodeURIComponent(id)}`, { headers: { 'x-api-key': key } });
  const id = `${company.companyId}#${company.projectId}#${randomUUID()}#447700900151`;
  expectAnswer(await ask(id, company.apiKey), { ...GET, status: 404, code: 'CONVERSATION_NOT_FOUND' });
  expectAnswer(await ask(id, `unknown-${randomUUID()}`), { ...GET, status: 403, code: 'FORBIDDEN' });
}

type Told = Extract<
  Awaited<ReturnType<ReturnType<typeof createEngineClient>['getConversation']>>,
  { readonly outcome: 'found' }
>['conversation'];

async function awaitConversation(
  { stage, company, patienceMilliseconds }: SuiteWorld,
  conversationId: string,
  isAtEnd: (told: Told) => boolean,
): Promise<Told> {
  const client = clientOf(stage, company);
  for (const end = performance.now() + patienceMilliseconds; ; await setTimeout(POLL_MILLISECONDS)) {
    const result = await client.getConversation(conversationId);
    expectThat(result.outcome === 'found', `The conversation could not be read: ${JSON.stringify(result)}.`);
    if (isAtEnd(result.conversation)) return result.conversation;
    const { conversation_status: status, reason, delivery_status: delivery } = result.conversation;
    expectThat(
      performance.now() < end,
      `After ${patienceMilliseconds / 1000} s it is still ${status} (reason ${reason?.code ?? 'none'}, delivery `
        + `${delivery ?? 'untold'}).`,
    );
  }
}

function clientOf({ url }: StageUnderTest, { apiKey }: TestCompany) {
  return createEngineClient({ url, apiKey });
}

function requestOf(company: TestCompany, channel: Channel, requestId: string) {
  const request = sampleRequest(channel, requestId, timestamp(Date.now()));
  const { telephone, email } = company.recipient;
  return {
    ...request,
    company_data: { company_id: company.companyId, project_id: company.projectId },
    recipient_data: { ...request.recipient_data, recipient_tel: telephone, recipient_email: email },
    request_data: { ...request.request_data, channel_method: channel },
  };
}

function addressOf({ recipient: { telephone, email } }: TestCompany, channel: Channel): string {
  return channel === 'email' ? email : telephone;
}

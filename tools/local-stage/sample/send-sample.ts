import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { timestamp } from '../../../src/core/ports/clock';
import { twilioInboundUrl } from '../../../src/providers/twilio-inbound-webhook';
import { postRequest } from '../api-client';
import { awaitOutcome } from '../await-status';
import type { LocalStage } from '../local-stage';
import { SAMPLE } from './company';
import type { SampleChannel } from './requests';
import { sampleRequest } from './requests';

export interface SampleMessage {
  readonly channel: SampleChannel;
  /** The same as elsewhere unless it forces an outcome. */
  readonly telephone?: string;
  readonly first?: string;
  /** Another project than the sample's usual one. */
  readonly project?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** What the recipient writes once it has arrived. */
  readonly reply?: string;
}

/** Milliseconds until a request is sent again that came too soon after the others. */
const TOO_MANY_PAUSE = 250;
/** Milliseconds that the key's rate may keep one request waiting. */
const LONGEST = 30_000;

/** Too many at once, or a function that a busy machine was too slow to start: the same request is safe to repeat. */
const isPassing = (status: number) => status === 429 || status >= 500;

/** Posts a request, no faster than the rate of the key lets it in. */
export async function postOnceLetIn({ url, apiKey }: LocalStage, body: object): ReturnType<typeof postRequest> {
  let answer = await postRequest(url, apiKey, body);
  for (let waited = 0; isPassing(answer.status) && waited < LONGEST; waited += TOO_MANY_PAUSE) {
    await pause(TOO_MANY_PAUSE);
    answer = await postRequest(url, apiKey, body);
  }
  return answer;
}

/** Posts one request and, where it has a reply, has its recipient write it; answers the conversation's identifier. */
export async function sendSample(stage: LocalStage, message: SampleMessage): Promise<string> {
  const { channel, telephone, first, project, facts, reply } = message;
  const requestId = randomUUID();
  const request = sampleRequest(channel, requestId, timestamp(Date.now()));
  const { recipient_data: recipient, company_data: company, project_data: data } = request;
  const answer = await postOnceLetIn(stage, {
    ...request,
    company_data: { ...company, ...(project !== undefined && { project_id: project }) },
    recipient_data: {
      ...recipient,
      ...(first !== undefined && {
        recipient_first_name: first,
        recipient_email: `${first.toLowerCase()}@example.com`,
      }),
      ...(telephone !== undefined && { recipient_tel: telephone }),
    },
    project_data: { ...data, ...facts },
  });
  if (isPassing(answer.status)) {
    throw new Error(`Filling the sample failed: a request got ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  const id = String(answer.body.conversation_id);
  // The others come to their states by themselves.
  if (answer.status !== 200 || reply === undefined || telephone === undefined || channel === 'email') return id;
  await awaitOutcome(stage, requestId);
  await writeBack(stage, channel, telephone, reply);
  return id;
}

/** Has a recipient write to the sample company. */
export async function writeBack(
  { vendors, url }: LocalStage,
  channel: 'sms' | 'whatsapp',
  telephone: string,
  body: string,
): Promise<void> {
  const prefix = channel === 'whatsapp' ? 'whatsapp:' : '';
  const number = channel === 'whatsapp' ? SAMPLE.whatsappNumber : SAMPLE.smsNumber;
  await vendors.twilio.receiveInbound({
    from: prefix + telephone,
    to: prefix + number,
    body,
    url: twilioInboundUrl(url, { ...SAMPLE, channel }),
  });
}

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../../src/core/channel';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { postRequest } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { sampleRequest } from '../../tools/local-stage/sample/requests';
import { replyPlanOf } from '../../tools/vendor-simulators/replying-recipients';
import { MAGIC_RECIPIENTS } from '../../tools/vendor-simulators/twilio-messages/magic-numbers';

/**
 * One request of the run; its mark stands in the message's text, so that what vendors hold is counted without asking
 * our records.
 */
export interface LoadRequest {
  readonly requestId: string;
  readonly channel: Channel;
  readonly projectId: string;
  readonly mark: string;
  readonly body: unknown;
}

/**
 * Ofcom's numbers for fiction: mobile ones without the company's own and those that the simulator answers otherwise,
 * then those of cities. Enough that each request of a run has a recipient of its own.
 */
const MOBILE = Array.from({ length: 900 }, (_none, index) => `+447700900${String(index).padStart(3, '0')}`).filter(
  (number) =>
    !Object.hasOwn(MAGIC_RECIPIENTS, number) && number !== SAMPLE.smsNumber && number !== SAMPLE.whatsappNumber,
);
const CITIES = ['113496', '114496', '115496', '116496', '117496', '118496', '121496', '131496', '141496', '207946'];
const NUMBERS = [
  ...MOBILE.filter((number) => replyPlanOf(number) === undefined),
  ...CITIES.flatMap((city) => Array.from({ length: 1000 }, (_none, index) => (
    `+44${city}0${String(index).padStart(3, '0')}`
  ))),
];

/** A request that was accepted. */
export interface AcceptedRequest extends LoadRequest {
  readonly conversationId: string;
}

const TRIES = 12;
const PAUSE_MILLISECONDS = 200;

export function loadRequest(channel: Channel, index: number, projectId: string = SAMPLE.projectId): LoadRequest {
  const requestId = randomUUID();
  const mark = `post ${100_000 + index}`;
  const sample = sampleRequest(channel, requestId, new Date().toISOString());
  const recipient = {
    recipient_tel: NUMBERS[index % NUMBERS.length],
    recipient_email: `candidate-${index}@example.com`,
  };
  const body = {
    ...sample,
    company_data: { ...sample.company_data, project_id: projectId },
    recipient_data: { ...sample.recipient_data, ...recipient },
    project_data: { ...sample.project_data, job_title: `Staff Nurse, ${mark}` },
  };
  return { requestId, channel, projectId, mark, body };
}

/**
 * Posts as a client should: the same request again after 429, 5xx or a cut connection. Answers the conversation's
 * identifier once accepted.
 */
export async function postUntilAccepted(
  stage: LocalStage,
  apiKey: string,
  { body }: LoadRequest,
): Promise<string | undefined> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const answer = await postRequest(stage.url, apiKey, body).catch(() => undefined);
    if (answer?.status === 200) return String(answer.body.conversation_id);
    if (answer && answer.status < 500 && answer.status !== 429) return undefined;
    await setTimeout(PAUSE_MILLISECONDS * attempt);
  }
  return undefined;
}

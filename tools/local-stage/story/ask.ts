import { randomUUID } from 'node:crypto';
import { timestamp } from '../../../src/core/ports/clock';
import { postRequest } from '../api-client';
import { awaitOutcome } from '../await-status';
import { sampleRequest } from '../sample/requests';
import type { StoryRecipient } from './people';
import type { Telling } from './telling';

export interface Question {
  readonly requestId: string;
  /** The vendor's identifier of the question. */
  readonly question: string;
}

/** Sends the question and waits until it is there; undefined, with what went otherwise on the page, if it never is. */
export async function ask(telling: Telling<StoryRecipient>): Promise<Question | undefined> {
  const { stage, channel, person: { first, address }, page } = telling;
  const requestId = randomUUID();
  const { status: answered, body } = await postRequest(stage.url, stage.apiKey, requestOf(telling, requestId));
  page.expect(
    answered === 200, `The question by ${channel} to ${first} was answered with ${answered} ${String(body.error_code)}.`,
  );
  if (answered !== 200) return undefined;
  const record = await awaitOutcome(stage, requestId, telling.projectId);
  const { conversation_status: status, vendor_message_id: sent } = record;
  const question = stage.vendors.deliveries().find(({ vendorMessageId }) => vendorMessageId === sent);
  page.expect(
    question !== undefined, `The question by ${channel} to ${first} ended as ${String(status)} and did not come.`,
  );
  if (!question) return undefined;
  page.say('engine', `to ${first} (${address}): ${question.text.replaceAll(/\s+/g, ' ')}`);
  return { requestId, question: question.vendorMessageId };
}

export function requestOf({ channel, person, projectId }: Telling<StoryRecipient>, requestId: string) {
  const { company_data: company, recipient_data: recipient, ...rest } = (
    sampleRequest(channel, requestId, timestamp(Date.now()))
  );
  return {
    ...rest,
    company_data: { ...company, project_id: projectId },
    recipient_data: {
      ...recipient,
      recipient_first_name: person.first,
      recipient_last_name: person.last,
      ...(channel === 'email' ? { recipient_email: person.address } : { recipient_tel: person.address }),
    },
  };
}

/** The recipient writes these one after the other. */
export async function write(
  { stage, channel, person, page }: Telling<StoryRecipient>, question: string, texts: readonly string[],
): Promise<void> {
  for (const text of texts) page.say(person.first, text);
  const { twilio, sendgrid } = stage.vendors;
  await (channel === 'email' ? sendgrid.reply(question, { texts }) : twilio.reply(question, { texts }));
}

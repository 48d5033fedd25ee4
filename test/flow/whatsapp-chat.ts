import { twilioInboundUrl } from '../../src/providers/twilio-inbound-webhook';
import { postRequest } from '../../tools/local-stage/api-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { recipient, request } from './local-stage-of-tests';

/** Sends the sample company's message to a person by WhatsApp and waits until it is out; answers its `request_id`. */
export async function sendByWhatsapp(stage: LocalStage, person: string): Promise<string> {
  const { requestId, body } = request('whatsapp', recipient('whatsapp', { recipient_tel: person }));
  expect(await postRequest(stage.url, stage.apiKey, body)).toMatchObject({ status: 200 });
  await awaitOutcome(stage, requestId);
  return requestId;
}

/** What a person writes to the sample company by WhatsApp. */
export async function writeByWhatsapp({ vendors, url }: LocalStage, from: string, body: string) {
  return vendors.twilio.receiveInbound({
    from: `whatsapp:${from}`,
    to: `whatsapp:${SAMPLE.whatsappNumber}`,
    body,
    url: twilioInboundUrl(url, { ...SAMPLE, channel: 'whatsapp' }),
  });
}

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { resourceNames } from '../../src/core/names';
import { sendGridEventWebhook } from '../../src/providers/sendgrid-event-webhook';
import { twilioInboundUrl, twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { twilioStatusWebhook } from '../../src/providers/twilio-status-webhook';
import { WEBHOOK_PATHS } from '../../src/providers/vendors';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import type { Provoke } from './contract-world';
import { ofFunction } from './contract-world';
import { request } from './local-stage-of-tests';
import { awaitRecord, postAgain } from './webhook-calls';

const names = resourceNames(LOCAL_STAGE);

/** Each documented answer to vendors, and how it is had. */
export const WEBHOOKS_PROVOKED: Readonly<Record<string, Provoke>> = {
  ...Object.fromEntries(
    WEBHOOK_PATHS.flatMap((path) => {
      const query = new URLSearchParams({
        conversation_id: `${SAMPLE.companyId}#${SAMPLE.projectId}#${randomUUID()}#447700900101`,
        attempt_id: '1',
        company_id: SAMPLE.companyId,
        project_id: SAMPLE.projectId,
        channel: 'sms',
      });
      const forged: Provoke = ({ call }) =>
        call('post', path, { headers: { 'content-type': 'application/json' }, body: '[]' });
      const asked: Provoke = ({ call, failing }) =>
        failing(ofFunction(names.vendorWebhooks, 'dynamodb'), async () =>
          call('post', `${path}?${query.toString()}`, { body: '[]' }),
        );
      return [
        [`post ${path} 403 FORBIDDEN`, forged],
        [`post ${path} 500 INTERNAL_ERROR`, asked],
      ];
    }),
  ),
  [`post ${twilioStatusWebhook.path} 204`]: async ({ stage, post }) => {
    const { requestId, body } = request('sms');
    await post(body);
    const { vendor_message_id: sid } = await awaitRecord(stage, requestId, { delivery_status: 'delivered' });
    const ended = () => stage.vendors.twilio.webhooks().find(({ parameters }) => parameters.MessageSid === sid);
    // The record may know before the vendor has read the answer.
    while (!ended()) await setTimeout(20);
    const told = await postAgain(ended());
    return { ...told, headers: new Map() };
  },
  [`post ${twilioInboundWebhook.path} 200`]: async ({ stage }) => {
    const url = twilioInboundUrl(stage.url, { ...SAMPLE, channel: 'sms' });
    const { attempts, answer } = await stage.vendors.twilio.receiveInbound({
      from: '+447700900298',
      to: SAMPLE.smsNumber,
      body: 'Thank you',
      url,
    });
    return { status: Number(attempts.at(-1)), headers: new Map([['content-type', 'text/xml']]), body: answer };
  },
  [`post ${sendGridEventWebhook.path} 204`]: async ({ stage, post }) => {
    const { requestId, body } = request('email');
    await post(body);
    const { vendor_message_id: messageId } = await awaitRecord(stage, requestId, { delivery_status: 'delivered' });
    const posted = await stage.vendors.sendgrid.emit(String(messageId), 'delivered');
    return { status: posted?.status ?? 0, headers: new Map(), body: '' };
  },
};

/** Documented, and not to be had over HTTP from a test. */
export const WEBHOOKS_NOT_PROVOKED: Readonly<Record<string, string>> = Object.fromEntries(
  WEBHOOK_PATHS.map((path) => [
    `post ${path} 429 RATE_LIMIT_EXCEEDED`,
    "a webhook's burst of 400 would have to be used up; the same gateway response answers the clients' rate, "
      + 'which is provoked',
  ]),
);

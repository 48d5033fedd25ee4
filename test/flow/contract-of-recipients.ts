import { resourceNames } from '../../src/core/names';
import { sendGridInboundWebhook } from '../../src/providers/sendgrid-inbound-webhook';
import { UNSUBSCRIBE_ROUTE } from '../../src/infra/api';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { HttpAnswer } from '../openapi/documented-answers';
import { recipient, request } from './local-stage-of-tests';

/** How what recipients call is provoked. */
export interface RecipientsWorldOfContract {
  readonly stage: LocalStage;
  call(method: string, path: string, init?: Omit<RequestInit, 'method'>): Promise<HttpAnswer>;
  post(body: unknown): Promise<HttpAnswer>;
  killing(functionName: string, work: () => Promise<HttpAnswer>): Promise<HttpAnswer>;
}

type Provoke = (world: RecipientsWorldOfContract) => Promise<HttpAnswer>;

const WEBHOOKS = resourceNames(LOCAL_STAGE).vendorWebhooks;
const UNKNOWN = UNSUBSCRIBE_ROUTE.replace('{token}', '0'.repeat(32));
const CLICK = { body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } };

/** A mail that the stage sent, as its vendor has it. */
async function mailTo(person: string, { stage, post }: RecipientsWorldOfContract) {
  const { requestId, body } = request('email', recipient('email', { recipient_email: person }));
  await post(body);
  await awaitOutcome(stage, requestId);
  const mail = stage.vendors.sendgrid.deliveries().find(({ to }) => to === person);
  if (!mail) throw new Error('The mail was not sent.');
  return mail;
}

/** The link of a mail that was sent. */
async function linkTo(person: string, world: RecipientsWorldOfContract): Promise<string> {
  const { headers = {} } = await mailTo(person, world);
  const { pathname } = new URL(headers['List-Unsubscribe']?.slice(1, -1) ?? '');
  return pathname.slice(pathname.indexOf('/unsubscribe/'));
}

const clicked: Provoke = async (world) => (
  world.call('post', await linkTo('contract-unsubscribe@example.com', world), CLICK)
);

const killedAtClick: Provoke = async (world) => {
  const link = await linkTo('contract-unsubscribe-failed@example.com', world);
  return world.killing(WEBHOOKS, async () => world.call('post', link, CLICK));
};

const mailed: Provoke = async (world) => {
  const person = 'contract-inbound@example.com';
  const { replyTo = '' } = await mailTo(person, world);
  const raw = Buffer.from(`From: <${person}>\r\nTo: ${replyTo}\r\nMessage-ID: <1@example.com>\r\n\r\nThank you\r\n`);
  const { attempts } = await world.stage.vendors.sendgrid.receiveInbound({ raw, to: [replyTo], from: person });
  return { status: Number(attempts.at(-1)), headers: new Map(), body: '' };
};

const look: Provoke = ({ call }) => call('get', UNKNOWN);
const click: Provoke = ({ call }) => call('post', UNKNOWN, CLICK);

/** By documented answer: how it is had. */
export const RECIPIENTS_PROVOKED: Readonly<Record<string, Provoke>> = {
  [`get ${UNSUBSCRIBE_ROUTE} 200`]: look,
  [`post ${UNSUBSCRIBE_ROUTE} 200`]: clicked,
  [`post ${UNSUBSCRIBE_ROUTE} 404`]: click,
  [`post ${UNSUBSCRIBE_ROUTE} 500 INTERNAL_ERROR`]: killedAtClick,
  [`post ${sendGridInboundWebhook.path} 200`]: mailed,
};

const BURST = "a burst of the recipients' routes would have to be used up; the same gateway response answers the "
  + "clients' rate, which is provoked";

/** Documented, and not to be had over HTTP from a test. */
export const RECIPIENTS_NOT_PROVOKED: Readonly<Record<string, string>> = {
  [`get ${UNSUBSCRIBE_ROUTE} 500 INTERNAL_ERROR`]:
    'the page is made of what the function holds: nothing of it can fail',
  [`get ${UNSUBSCRIBE_ROUTE} 429 RATE_LIMIT_EXCEEDED`]: BURST,
  [`post ${UNSUBSCRIBE_ROUTE} 429 RATE_LIMIT_EXCEEDED`]: BURST,
};

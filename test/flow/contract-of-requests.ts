import { REFUSAL_STATUS } from '../../src/core/contract/refusal';
import { resourceNames } from '../../src/core/names';
import { senderIdentity } from '../../src/core/lifecycle/conversation-id';
import { DRY_RUN_CODES } from '../../src/openapi/dry-run';
import { INITIATE_CODES } from '../../src/openapi/initiate-conversation';
import { DynamoDbDirectory } from '../../src/records/dynamodb-directory';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE, sampleCompany } from '../../tools/local-stage/sample/company';
import type { Provoke } from './contract-world';
import { DRY_RUN, INITIATE, killed, ofFunction, preflightOf } from './contract-world';
import { recipient, request } from './local-stage-of-tests';

const names = resourceNames(LOCAL_STAGE);

const without =
  (section: 'company_data' | 'recipient_data' | 'request_data', ...fields: readonly string[]): Provoke =>
    ({ post }) => {
      const { body } = request('whatsapp');
      if (fields.length === 0) return post({ ...body, [section]: undefined });
      return post({
        ...body,
        [section]: Object.fromEntries(Object.entries(body[section]).filter(([name]) => !fields.includes(name))),
      });
    };

const withFields =
  (section: 'company_data' | 'recipient_data' | 'request_data', fields: Readonly<Record<string, unknown>>): Provoke =>
    ({ post }) => {
      const { body } = request('whatsapp');
      return post({ ...body, [section]: { ...body[section], ...fields } });
    };

const instead =
  (values: Readonly<Record<string, unknown>>): Provoke =>
    ({ post }) =>
      post({ ...request('whatsapp').body, ...values });

const REFUSALS: Readonly<Record<(typeof INITIATE_CODES)[number], Provoke>> = {
  INVALID_REQUEST: ({ post }) => post('[]'),
  MISSING_COMPANY_DATA: without('company_data'),
  MISSING_RECIPIENT_DATA: without('recipient_data'),
  MISSING_REQUEST_DATA: without('request_data'),
  INVALID_COMPANY_DATA_TYPE: instead({ company_data: 'harbour' }),
  INVALID_RECIPIENT_DATA_TYPE: instead({ recipient_data: [] }),
  INVALID_PROJECT_DATA_TYPE: instead({ project_data: 'facts' }),
  INVALID_REQUEST_DATA_TYPE: instead({ request_data: 1 }),
  MISSING_IDENTIFIERS: without('company_data', 'project_id'),
  MISSING_REQUEST_ID: without('request_data', 'request_id'),
  INVALID_REQUEST_ID: withFields('request_data', { request_id: 'first' }),
  MISSING_CHANNEL_METHOD: without('request_data', 'channel_method'),
  UNSUPPORTED_CHANNEL: withFields('request_data', { channel_method: 'pigeon' }),
  MISSING_INITIAL_REQUEST_TIMESTAMP: without('request_data', 'initial_request_timestamp'),
  INVALID_TIMESTAMP: withFields('request_data', { initial_request_timestamp: 'yesterday' }),
  MISSING_RECIPIENT_TEL: without('recipient_data', 'recipient_tel'),
  INVALID_RECIPIENT_TEL: withFields('recipient_data', { recipient_tel: '07700 900210' }),
  MISSING_RECIPIENT_EMAIL: ({ post }) => post(request('email', recipient('email', { recipient_email: null })).body),
  INVALID_RECIPIENT_EMAIL: withFields('recipient_data', { recipient_email: 'amara' }),
  MISSING_COMMS_CONSENT: without('recipient_data', 'comms_consent'),
  INVALID_COMMS_CONSENT_TYPE: withFields('recipient_data', { comms_consent: 'yes' }),
  INVALID_SEND_AT: withFields('request_data', { send_at: '2999-01-01T09:00:00Z' }),
  INVALID_SEND_BEFORE: withFields('request_data', { send_before: '2026-11-22T09:00:00Z' }),
  INVALID_TEST: withFields('request_data', { test: { outcome: 'exploded' } }),
  PAYLOAD_TOO_LARGE: instead({ project_data: { text: 'x'.repeat(200_000) } }),
  INVALID_EXPECTED_ANSWERS: withFields('request_data', { expected_answers: [{ name: 'salary' }] }),
  MISSING_FACTS: async ({ post, project }) => {
    const { channel_config: channels } = sampleCompany(names, '2026-11-22T10:00:00.000Z');
    const template = { ...channels.sms.template, needs: ['project_data.salary'] };
    return post(
      request('sms', await project({ channel_config: { ...channels, sms: { ...channels.sms, template } } })).body,
    );
  },
  FORBIDDEN: ({ post }) => post(request('whatsapp').body, 'no-such-key-no-such-key'),
  TEST_KEY_REQUIRED: withFields('request_data', { test: { outcome: 'read' } }),
  PROJECT_INACTIVE: async ({ post, project }) =>
    post(request('sms', await project({ project_status: 'inactive' })).body),
  CHANNEL_NOT_ALLOWED: async ({ post, project }) =>
    post(request('sms', await project({ allowed_channels: ['email'] })).body),
  CONSENT_REQUIRED: withFields('recipient_data', { comms_consent: false }),
  RECIPIENT_OPTED_OUT: async ({ post, stage }) => {
    const directory = new DynamoDbDirectory(
      stage.records,
      { companies: names.companyTable, conversations: names.conversationTable },
      { sleep: async () => undefined },
    );
    await directory.addOptOut({
      recipient: '+447700900299',
      sender: senderIdentity(SAMPLE.smsNumber),
      at: '2026-11-22T10:00:00.000Z',
      source: 'test',
    });
    return post(request('sms', recipient('sms', { recipient_tel: '+447700900299' })).body);
  },
  COMPANY_NOT_FOUND: instead({ company_data: { company_id: 'no-firm', project_id: 'none' } }),
  IDEMPOTENCY_CONFLICT: async ({ post }) => {
    const { body } = request('sms');
    await post(body);
    return post({ ...body, project_data: { job_title: 'Porter' } });
  },
  RATE_LIMIT_EXCEEDED: async ({ post, project }) => {
    const limited = await project({ rate_limits: { requests_per_day: 1 } });
    await post(request('sms', limited).body);
    return post(request('sms', limited).body);
  },
  CONFIGURATION_ERROR: async ({ post, project }) => post(request('sms', await project({ channel_config: {} })).body),
  DATABASE_ERROR: ({ post, failing }) =>
    failing(ofFunction(names.router, 'dynamodb'), async () => post(request('sms').body)),
  QUEUE_ERROR: ({ post, failing }) => failing(ofFunction(names.router, 'sqs'), async () => post(request('sms').body)),
  INTERNAL_ERROR: killed(names.router, async ({ post }) => post(request('sms').body)),
};

/** The same refusals of a dry run, whose function is another one. */
const DRY_RUN_REFUSALS: Readonly<Record<string, Provoke>> = {
  ...Object.fromEntries(
    DRY_RUN_CODES.map((code): readonly [string, Provoke] => [
      code,
      async (world) => REFUSALS[code]({ ...world, post: world.dryRun }),
    ]),
  ),
  DATABASE_ERROR: ({ dryRun, failing }) =>
    failing(ofFunction(names.dryRun, 'dynamodb'), async () => dryRun(request('sms').body)),
  INTERNAL_ERROR: killed(names.dryRun, async ({ dryRun }) => dryRun(request('sms').body)),
};

/** Each documented answer to a request and to its dry run, and how it is had. */
export const REQUESTS_PROVOKED: Readonly<Record<string, Provoke>> = {
  [`post ${INITIATE} 200`]: async ({ post }) => {
    const { body } = request('sms');
    await post(body);
    return post(body);
  },
  [`options ${INITIATE} 204`]: preflightOf(INITIATE, 'POST'),
  ...Object.fromEntries(
    INITIATE_CODES.map((code) => [`post ${INITIATE} ${REFUSAL_STATUS[code]} ${code}`, REFUSALS[code]]),
  ),
  [`post ${DRY_RUN} 200`]: ({ dryRun }) => dryRun(request('sms').body),
  [`options ${DRY_RUN} 204`]: preflightOf(DRY_RUN, 'POST'),
  ...Object.fromEntries(
    DRY_RUN_CODES.map((code) => [`post ${DRY_RUN} ${REFUSAL_STATUS[code]} ${code}`, DRY_RUN_REFUSALS[code]]),
  ),
};

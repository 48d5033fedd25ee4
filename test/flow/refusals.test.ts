import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { recipient, request, startStage } from './local-stage-of-tests';

describe('what is refused over HTTP', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('refusals'); });
  afterAll(async () => { await stage.stop(); });

  const post = async (body: unknown, key: string | undefined = stage.apiKey) => postRequest(stage.url, key, body);

  test('no key and a wrong key read the same', async () => {
    const body = request('whatsapp').body;
    const forbidden = {
      status: 403,
      body: { status: 'error', error_code: 'FORBIDDEN', message: 'Forbidden', request_id: 'unknown' },
    };
    expect(await postRequest(stage.url, undefined, body)).toMatchObject(forbidden);
    expect(await post(body, `${stage.apiKey}x`)).toMatchObject(forbidden);
  });

  test('a key that the gateway knows and no company owns is refused by the router in the same words', async () => {
    const key = stage.cloud.createApiKey({ name: 'nobody' }).value;
    expect(await post(request('sms').body, key)).toMatchObject({
      status: 403,
      body: { error_code: 'FORBIDDEN', message: 'Forbidden', request_id: 'unknown' },
    });
  });

  test.each([
    ['no JSON', '{"company_data":', 'INVALID_REQUEST'],
    ['a list', '[]', 'INVALID_REQUEST'],
    ['nothing', '', 'INVALID_REQUEST'],
    ['deep nesting', `{"project_data":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 'INVALID_REQUEST'],
    ['too much', JSON.stringify({ project_data: 'x'.repeat(200_000) }), 'PAYLOAD_TOO_LARGE'],
  ])('a body of %s', async (_what, body, code) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { status: 'error', error_code: code, request_id: 'unknown' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/at .*\.js|node_modules/);
  });

  test('bytes that are no UTF-8', async () => {
    const response = await fetch(`${stage.url}/initiate-conversation`, {
      method: 'POST',
      headers: { 'x-api-key': stage.apiKey, 'content-type': 'application/json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 'error' });
  });

  test('every fault is named at once, and the first in the contract\'s order names the answer', async () => {
    const { body } = request('whatsapp', {
      request_data: { request_id: 'first', channel_method: 'pigeon' },
      ...recipient('whatsapp', { comms_consent: 'yes' }),
    });
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_REQUEST_ID' } });
    const paths = JSON.parse(JSON.stringify(answer.body.details)).map(({ path }: { path: string }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'request_data.request_id',
        'request_data.channel_method',
        'request_data.initial_request_timestamp',
        'recipient_data.comms_consent',
      ]),
    );
  });

  test('no consent', async () => {
    expect(await post(request('email', recipient('email', { comms_consent: false })).body)).toMatchObject({
      status: 403,
      body: { error_code: 'CONSENT_REQUIRED' },
    });
  });

  test('another company and a company that does not exist read the same', async () => {
    const { companyTable: TableName } = resourceNames(LOCAL_STAGE);
    await stage.tables.send(
      new UpdateCommand({
        TableName,
        Key: { company_id: 'other-firm', project_id: 'p' },
        UpdateExpression: 'SET project_status = :active',
        ExpressionAttributeValues: { ':active': 'active' },
      }),
    );
    const requestId = randomUUID();
    const ask = async (company: string) => {
      const { body } = request('sms', { company_data: { company_id: company, project_id: 'p' } });
      return post({ ...body, request_data: { ...body.request_data, request_id: requestId } });
    };
    const [existing, missing] = [await ask('other-firm'), await ask('no-firm')];
    expect(existing).toMatchObject({ status: 404, body: { error_code: 'COMPANY_NOT_FOUND' } });
    expect(existing.body).toEqual(missing.body);
  });

  test("a company record that lacks fields is the operator's matter: named in the log, not in the answer", async () => {
    const { companyTable: TableName } = resourceNames(LOCAL_STAGE);
    const Key = { company_id: SAMPLE.companyId, project_id: SAMPLE.projectId };
    const rename = async (from: string, to: string) =>
      stage.tables.send(
        new UpdateCommand({
          TableName,
          Key,
          UpdateExpression: `SET channel_config.${to} = channel_config.${from} REMOVE channel_config.${from}`,
        }),
      );
    await rename('email', 'email_kept');
    const answer = await post(request('email').body);
    await rename('email_kept', 'email');
    expect(answer).toMatchObject({ status: 500, body: { error_code: 'CONFIGURATION_ERROR' } });
    expect(JSON.stringify(answer.body)).not.toContain('channel_config');
    expect(
      stage.cloud
        .logs()
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('channel_config.email');
  });

  test('a page of another origin may ask before it posts', async () => {
    const response = await fetch(`${stage.url}/initiate-conversation`, {
      method: 'OPTIONS',
      headers: { 'origin': 'https://example.com', 'access-control-request-method': 'POST' },
    });
    expect(response.ok).toBe(true);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a path that does not exist', async () => {
    const response = await fetch(`${stage.url}/nowhere`);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.json()).toMatchObject({ status: 'error' });
  });
});

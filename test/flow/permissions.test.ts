import { GetCommand, ScanCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CHANNELS } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { request, startStage } from './local-stage-of-tests';

const names = resourceNames(LOCAL_STAGE);

describe('each function may do what its role grants, and no more', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('permissions'); });
  afterAll(async () => { await stage.stop(); });

  const as = (functionName: string) => {
    const found = stage.cloud.template
      .ofType('AWS::Lambda::Function')
      .find(({ properties }) => properties.FunctionName === functionName);
    return {
      endpoint: stage.cloud.awsEndpoint,
      region: stage.cloud.template.region,
      credentials: stage.cloud.services.credentialsOf(found?.logicalId ?? ''),
    };
  };

  /** What functions were refused, as they logged it. */
  const denied = () =>
    stage.cloud
      .logs()
      .flatMap(({ text }) => /AccessDenied\w*[^"]*|[^"]*not authorized to perform[^"]*/.exec(text)?.[0] ?? []);

  test('a processor reads its own channel\'s secrets and no other\'s', async () => {
    const client = new SecretsManagerClient(as(names.processor('sms')));
    const read = async (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId }));
    await expect(read(names.credentialSecret('sms', SAMPLE.companyId, SAMPLE.projectId))).resolves.toMatchObject({
      SecretString: expect.any(String),
    });
    await expect(read(names.credentialSecret('email', SAMPLE.companyId, SAMPLE.projectId))).rejects.toThrow(
      /not authorized to perform: secretsmanager:GetSecretValue/,
    );
    await expect(read(names.modelSecret('whatsapp'))).rejects.toThrow(/not authorized/);
    client.destroy();
  });

  test('the router reads no secret and scans no table', async () => {
    const secrets = new SecretsManagerClient(as(names.router));
    const tables = DynamoDBDocumentClient.from(new DynamoDBClient(as(names.router)));
    await expect(secrets.send(new GetSecretValueCommand({ SecretId: names.modelSecret('sms') }))).rejects.toMatchObject(
      { name: 'AccessDeniedException' },
    );
    await expect(tables.send(new ScanCommand({ TableName: names.companyTable }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    secrets.destroy();
    tables.destroy();
  });

  test('a processor cannot change a company', async () => {
    const tables = DynamoDBDocumentClient.from(new DynamoDBClient(as(names.processor('email'))));
    await expect(
      tables.send(new GetCommand({ TableName: 'some-other-table', Key: { id: '1' } })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    tables.destroy();
  });

  test('a request on each channel needs no grant that is missing', async () => {
    for (const channel of CHANNELS) {
      const { requestId, body } = request(channel);
      const { status } = await postRequest(stage.url, stage.apiKey, body);
      expect({ status, denied: denied() }).toEqual({ status: 200, denied: [] });
      expect(await awaitOutcome(stage, requestId)).toMatchObject({ conversation_status: 'initial_message_sent' });
    }
    expect(denied()).toEqual([]);
    expect(stage.cloud.faults()).toEqual([]);
  });
});

import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand, SQSClient, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { resourceNames } from '../../src/core/names';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { request, startStage } from './local-stage-of-tests';

const names = resourceNames(LOCAL_STAGE);

describe('what must not stop the engine', () => {
  let stage: LocalStage;
  let queues: SQSClient;
  const access = () => ({
    endpoint: stage.cloud.awsEndpoint,
    region: stage.cloud.template.region,
    credentials: stage.cloud.services.administratorCredentials,
  });
  beforeAll(async () => {
    stage = await startStage('bad-input');
    queues = new SQSClient(access());
  });
  afterAll(async () => {
    queues.destroy();
    await stage.stop();
  });

  const queueUrl = (name: string) => {
    const queue = stage.cloud.template
      .ofType('AWS::SQS::Queue')
      .find(({ properties }) => properties.QueueName === name);
    return queue?.reference ?? '';
  };
  const waiting = async (name: string) => {
    const { Attributes = {} } = await queues.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl(name), AttributeNames: ['All'] }),
    );
    return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
  };

  test('a queue body that leads nowhere is dropped, and the next message goes', async () => {
    for (const body of [
      'not an identifier',
      `${SAMPLE.companyId}#${SAMPLE.projectId}#2c9f3a52-9f7e-4f43-8a3f-3d1f2f6f4b11#447700900101`,
      '{"a":1}',
      '#'.repeat(500),
    ]) {
      await queues.send(
        new SendMessageCommand({ QueueUrl: queueUrl(names.queue('sms')), MessageBody: body, MessageGroupId: 'test' }),
      );
    }
    const { requestId, body } = request('sms');
    await postRequest(stage.url, stage.apiKey, body);
    expect(await awaitOutcome(stage, requestId)).toMatchObject({ conversation_status: 'initial_message_sent' });
    expect(await waiting(names.deadLetterQueue('sms'))).toBe(0);
  });

  test('a secret that is gone ends the message with the secret\'s name and without a send', async () => {
    const secrets = new SecretsManagerClient(access());
    const SecretId = names.credentialSecret('email', SAMPLE.companyId, SAMPLE.projectId);
    await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    secrets.destroy();
    const { requestId, body } = request('email');
    await postRequest(stage.url, stage.apiKey, body);
    const record = await awaitOutcome(stage, requestId);
    expect(record).toMatchObject({ conversation_status: 'failed_secrets_fetch', failure_reason: 'secret_missing' });
    expect(record.failure_detail).toContain(SecretId);
    expect(stage.vendors.sendgrid.deliveries()).toHaveLength(0);
  });

  test('a message whose words cannot be proved waits for a person, on the record and on the hand-off queue', async () => {
    const { requestId, body } = request('whatsapp', { project_data: {} });
    await postRequest(stage.url, stage.apiKey, body);
    const record = await awaitOutcome(stage, requestId);
    expect(record).toMatchObject({
      conversation_status: 'awaiting_review',
      hand_off_to_human: true,
      failure_reason: 'facts_missing',
      attention: 'review',
    });
    // The record comes first, then the queue.
    while ((await waiting(names.handoffQueue)) === 0) await setTimeout(20);
    expect(await waiting(names.handoffQueue)).toBe(1);
  });
});

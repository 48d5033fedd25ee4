import { isDeepStrictEqual } from 'node:util';
import { setTimeout } from 'node:timers/promises';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { twilioSignature } from '../../tools/vendor-simulators/twilio-messages/signature';
import type { PostedWebhook } from '../../tools/vendor-simulators/twilio-messages/webhook';

type Item = Readonly<Record<string, unknown>>;

/** The token with which the sample company's webhooks are signed. */
const SAMPLE_TOKEN = 'sample-twilio-token';

/** The record of a request once it has these values. */
export async function awaitRecord(
  stage: LocalStage,
  requestId: string,
  values: Item,
  withinMilliseconds = 60_000,
): Promise<Item> {
  const end = Date.now() + withinMilliseconds;
  for (;;) {
    const record = await stage.conversation(requestId);
    if (record && Object.entries(values).every(([name, value]) => isDeepStrictEqual(record[name], value))) {
      return record;
    }
    if (Date.now() > end) {
      throw new Error(
        `The record never had ${JSON.stringify(values)}: it is ${String(record?.conversation_status)}, `
          + `${String(record?.delivery_status)}, ${String(record?.failure_reason)}.`,
      );
    }
    await setTimeout(25);
  }
}

/** Posts a webhook once more with the signature that it had; whatever is changed was not signed. */
export async function postAgain(
  genuine: PostedWebhook | undefined,
  tampered: {
    readonly parameters?: Readonly<Record<string, string>>;
    readonly url?: (url: string) => string;
    readonly signature?: string;
  } = {},
): Promise<{ readonly status: number; readonly body: string }> {
  if (!genuine) throw new Error('There is no webhook to post again.');
  const [url = ''] = genuine.url.split('#');
  const response = await fetch(tampered.url?.(url) ?? url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-twilio-signature': tampered.signature ?? twilioSignature(SAMPLE_TOKEN, url, genuine.parameters),
    },
    body: new URLSearchParams({ ...genuine.parameters, ...tampered.parameters }).toString(),
  });
  return { status: response.status, body: await response.text() };
}

/** Takes everything from the hand-off queue, as people do. */
export async function handedOff(stage: LocalStage): Promise<readonly unknown[]> {
  const { cloud } = stage;
  const client = new SQSClient({
    endpoint: cloud.awsEndpoint,
    region: cloud.template.region,
    credentials: cloud.services.administratorCredentials,
  });
  const name = resourceNames(LOCAL_STAGE).handoffQueue;
  const QueueUrl =
    cloud.template.ofType('AWS::SQS::Queue').find(({ properties }) => properties.QueueName === name)?.reference ?? '';
  const { Messages: messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  for (const { ReceiptHandle } of messages) await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  client.destroy();
  return messages.map((message): unknown => JSON.parse(message.Body ?? ''));
}

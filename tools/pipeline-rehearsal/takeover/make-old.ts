import { readFileSync } from 'node:fs';
import { APIGatewayClient, GetApiKeysCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { resourceNames } from '../../../src/core/names';
import { makeOldDev } from './old-dev';

// <dev|prod> <sink> <account> <region> [translated template]: makes the previous engine's environment in the account of
// the shell, with items and with messages that its processor works on; prints what the rehearsal needs as JSON.
const MESSAGES = 12;

async function main([stage = '', sink = '', account = '', region = '', templateFile = '']: readonly string[]) {
  const made = stage === 'dev' ? await makeOldDev({ account, region, sink }) : await makeOldProd(sink, templateFile);
  const queues = new SQSClient();
  const { QueueUrl } = await queues.send(new GetQueueUrlCommand({ QueueName: resourceNames(stage).queue('whatsapp') }));
  for (let message = 0; message < MESSAGES; message += 1) {
    const body = { request_data: { request_id: `request-${message}` } };
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  }
  process.stdout.write(`${JSON.stringify({ ...made, messages: MESSAGES })}\n`);
}

async function makeOldProd(sink: string, templateFile: string) {
  const [client, names] = [new CloudFormationClient(), resourceNames('prod')];
  await client.send(new CreateStackCommand({
    StackName: names.stack, TemplateBody: readFileSync(templateFile, 'utf8'), Capabilities: ['CAPABILITY_NAMED_IAM'],
    Parameters: [{ ParameterKey: 'Sink', ParameterValue: sink }],
  }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 120, minDelay: 1 }, { StackName: names.stack });
  const tables = new DynamoDBClient();
  for (let item = 0; item < 25; item += 1) {
    await tables.send(new PutItemCommand({
      TableName: names.conversationTable,
      Item: {
        primary_channel: { S: `+4477009001${String(item).padStart(2, '0')}` }, conversation_id: { S: `a#b#${item}#c` },
        created_at: { S: `2026-10-01T10:00:${String(item).padStart(2, '0')}Z` }, updated_at: { S: '2026-10-02' },
        task_complete: { N: '0' }, conversation_status: { S: 'initial_message_sent' }, company_id: { S: 'a' },
        project_id: { S: 'b' },
      },
    }));
  }
  const gateway = new APIGatewayClient();
  const { items: apis = [] } = await gateway.send(new GetRestApisCommand({}));
  const { items: keys = [] } = await gateway.send(new GetApiKeysCommand({ includeValues: true }));
  return { apiId: apis[0]?.id ?? '', keyValue: keys[0]?.value ?? '' };
}

main(process.argv.slice(2)).catch((fault: unknown) => {
  process.stderr.write(
    `Making the old environment failed: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
});

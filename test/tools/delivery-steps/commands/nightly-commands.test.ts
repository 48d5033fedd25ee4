import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPipelineStep } from '../../../../tools/delivery-steps/commands';
import { hostFrom } from '../../../../tools/delivery-steps/step-host';
import { startLoopbackServer } from '../../../../tools/vendor-simulators/loopback-server';
import { temporaryFolder } from '../temporary-folder';

const ENV_VARS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

/** Runs a check against AWS on loopback, which answers every call with this. */
async function check(name: string, status: number, body: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  const aws = await startLoopbackServer(0, async () => Promise.resolve({ kind: 'answer', status, body, headers }));
  try {
    Object.assign(process.env, ENV_VARS, { AWS_ENDPOINT_URL: aws.url });
    const folder = temporaryFolder();
    await runPipelineStep([name, '--stage', 'dev', '--region', 'eu-west-2', '--report', 'dist/report.json'], hostFrom({}, folder, () => undefined));
    return JSON.parse(readFileSync(join(folder, 'dist/report.json'), 'utf8'));
  } finally {
    await aws.stop();
  }
}

test('drift asks CloudFormation in the stage\'s region and leaves its report', async () => {
  const refusal = '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
  await expect(check('drift', 403, refusal, { 'content-type': 'text/xml' }))
    .resolves.toMatchObject({ state: 'unknown', body: 'CloudFormation did not compare the stack ai-multi-comms-dev: AccessDenied' });
});

test('dead-letters asks SQS and leaves its report', async () => {
  const missing = JSON.stringify({ __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'no' });
  await expect(check('dead-letters', 400, missing, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' }))
    .resolves.toMatchObject({ state: 'unknown', body: 'The stage dev was never deployed.' });
});

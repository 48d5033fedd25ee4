import { GetQueueAttributesCommand, GetQueueUrlCommand, QueueDoesNotExist } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { checkDeadLetters } from '../../../../tools/delivery-steps/nightly/dead-letters';

/** Queues by name with their number of messages. */
function queues(counts: Readonly<Record<string, number>>, refuses?: string): Pick<SQSClient, 'send'> {
  const send = async (command: object) => {
    if (refuses !== undefined) throw Object.assign(new Error(refuses), { name: refuses });
    if (command instanceof GetQueueUrlCommand) {
      const name = command.input.QueueName ?? '';
      if (!(name in counts)) throw new QueueDoesNotExist({ message: 'no', $metadata: {} });
      return Promise.resolve({ QueueUrl: name });
    }
    if (command instanceof GetQueueAttributesCommand) {
      return Promise.resolve({
        Attributes: { ApproximateNumberOfMessages: String(counts[command.input.QueueUrl ?? '']) },
      });
    }
    throw new Error('Unexpected command');
  };
  return { send };
}

const EMPTY = {
  'ai-multi-comms-whatsapp-dlq-dev': 0,
  'ai-multi-comms-sms-dlq-dev': 0,
  'ai-multi-comms-email-dlq-dev': 0,
};

test('empty queues are clean', async () => {
  await expect(checkDeadLetters(queues(EMPTY), 'dev')).resolves.toMatchObject({ state: 'clean' });
});

test('messages are counted by queue, and the empty queues left out', async () => {
  const report = await checkDeadLetters(queues({ ...EMPTY, 'ai-multi-comms-sms-dlq-dev': 3 }), 'dev');
  expect(report).toMatchObject({
    state: 'found',
    title: 'Stage dev has dead letters',
    body: expect.stringContaining('| `ai-multi-comms-sms-dlq-dev` | 3 |'),
  });
  expect(report.body).not.toContain('email');
});

test('a queue that is missing is a finding', async () => {
  const report = await checkDeadLetters(
    queues({ 'ai-multi-comms-whatsapp-dlq-dev': 0, 'ai-multi-comms-sms-dlq-dev': 0 }),
    'dev',
  );
  expect(report.body).toContain('| `ai-multi-comms-email-dlq-dev` | does not exist |');
});

test('a stage without any of its queues was never deployed', async () => {
  await expect(checkDeadLetters(queues({}), 'dev')).resolves.toMatchObject({
    state: 'unknown',
    body: 'The stage dev was never deployed.',
  });
});

test('a refusal is a fault, not an empty queue', async () => {
  await expect(checkDeadLetters(queues(EMPTY, 'AccessDenied'), 'dev')).rejects.toThrow('AccessDenied');
});

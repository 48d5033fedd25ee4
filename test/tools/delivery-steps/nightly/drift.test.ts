import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { checkDrift } from '../../../../tools/delivery-steps/nightly/drift';

const PACE = { wait: 0, looks: 3 };

interface Script {
  readonly statuses: readonly string[];
  readonly pages: ReadonlyArray<{ readonly StackResourceDrifts: readonly unknown[]; readonly NextToken?: string }>;
  readonly refuses?: string;
}

/** CloudFormation that answers by a script. */
function cloudFormation({ statuses, pages, refuses }: Script): Pick<CloudFormationClient, 'send'> {
  const left = { statuses: [...statuses], pages: [...pages] };
  const send = async (command: object) => {
    if (refuses !== undefined) throw Object.assign(new Error(refuses), { name: refuses.split(':')[0] });
    if (command instanceof DetectStackDriftCommand) return Promise.resolve({ StackDriftDetectionId: 'detection' });
    if (command instanceof DescribeStackDriftDetectionStatusCommand) {
      return Promise.resolve({
        DetectionStatus: left.statuses.shift(),
        DetectionStatusReason: 'one resource is private',
      });
    }
    if (command instanceof DescribeStackResourceDriftsCommand) return Promise.resolve(left.pages.shift());
    throw new Error('Unexpected command');
  };
  return { send };
}

const QUEUE = {
  LogicalResourceId: 'Queue',
  ResourceType: 'AWS::SQS::Queue',
  StackResourceDriftStatus: 'MODIFIED',
  PropertyDifferences: [{ PropertyPath: '/VisibilityTimeout', ExpectedValue: '30', ActualValue: '60' }],
};
const TOPIC = { LogicalResourceId: 'Topic', ResourceType: 'AWS::SNS::Topic', StackResourceDriftStatus: 'DELETED' };

test('a stack that is as its template says is clean', async () => {
  const report = await checkDrift(
    cloudFormation({ statuses: ['DETECTION_IN_PROGRESS', 'DETECTION_COMPLETE'], pages: [{ StackResourceDrifts: [] }] }),
    'dev',
    'ai-multi-comms-dev',
    PACE,
  );
  expect(report).toMatchObject({ state: 'clean', body: 'The stack ai-multi-comms-dev is as its template says.' });
});

test('what differs is named over all pages, without any value', async () => {
  const report = await checkDrift(
    cloudFormation({
      statuses: ['DETECTION_COMPLETE'],
      pages: [{ StackResourceDrifts: [QUEUE], NextToken: 'more' }, { StackResourceDrifts: [TOPIC] }],
    }),
    'dev',
    'ai-multi-comms-dev',
    PACE,
  );
  expect(report.state).toBe('found');
  expect(report.title).toBe('Stage dev differs from its stack');
  expect(report.body).toContain('| `Queue` | `AWS::SQS::Queue` | changed | `/VisibilityTimeout` |');
  expect(report.body).toContain('| `Topic` | `AWS::SNS::Topic` | **deleted** |  |');
  expect(report.body).not.toContain('60');
});

test.each([
  ['found', [QUEUE]],
  ['unknown', []],
])('a detection that failed for one resource is %s by what the others show', async (state, drifts) => {
  const report = await checkDrift(
    cloudFormation({ statuses: ['DETECTION_FAILED'], pages: [{ StackResourceDrifts: drifts }] }),
    'dev',
    'ai-multi-comms-dev',
    PACE,
  );
  expect(report.state).toBe(state);
});

test('a detection that does not end is unknown', async () => {
  const report = await checkDrift(
    cloudFormation({ statuses: [], pages: [{ StackResourceDrifts: [] }] }),
    'dev',
    'ai-multi-comms-dev',
    PACE,
  );
  expect(report).toMatchObject({ state: 'unknown', body: expect.stringContaining('still compares the stack') });
});

test('an account that does not allow it is unknown, any other fault is one', async () => {
  const script = { statuses: [], pages: [] };
  await expect(
    checkDrift(cloudFormation({ ...script, refuses: 'AccessDenied' }), 'dev', 'ai-multi-comms-dev', PACE),
  ).resolves.toMatchObject({ state: 'unknown' });
  await expect(
    checkDrift(
      cloudFormation({ ...script, refuses: 'ValidationError: Stack [ai-multi-comms-dev] does not exist' }),
      'dev',
      'ai-multi-comms-dev',
      PACE,
    ),
  ).resolves.toMatchObject({ state: 'unknown', body: 'The stage dev was never deployed.' });
  await expect(
    checkDrift(cloudFormation({ ...script, refuses: 'ValidationError: odd' }), 'dev', 'ai-multi-comms-dev', PACE),
  ).rejects.toThrow('odd');
});

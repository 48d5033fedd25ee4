import { setTimeout as pause } from 'node:timers/promises';
import type { CloudFormationClient, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import type { CheckReport } from './check-report';

/** Milliseconds between two looks at a detection that runs, and how many looks there are. */
const PACE = { wait: 5_000, looks: 180 };

/** What CloudFormation answers where it may not, or cannot, compare. */
const CANNOT_LOOK = ['AccessDenied', 'AccessDeniedException', 'InvalidAction', 'UnsupportedOperation'];

/** Compares the stage's resources with what its stack says. */
export async function checkDrift(
  client: Pick<CloudFormationClient, 'send'>,
  stage: string,
  stack: string,
  pace = PACE,
): Promise<CheckReport> {
  const title = `Stage ${stage} differs from its stack`;
  try {
    const failure = await detect(client, stack, pace);
    // One resource that cannot be read fails the whole detection; what was compared is there all the same.
    const drifts = await differing(client, stack);
    if (drifts.length > 0) return { title, state: 'found', body: describe(stack, drifts) };
    if (failure !== undefined) return { title, state: 'unknown', body: failure };
    return { title, state: 'clean', body: `The stack ${stack} is as its template says.` };
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    if (CANNOT_LOOK.includes(cause.name)) {
      return { title, state: 'unknown', body: `CloudFormation did not compare the stack ${stack}: ${cause.name}` };
    }
    if (cause.name === 'ValidationError' && cause.message.includes('does not exist')) {
      return { title, state: 'unknown', body: `The stage ${stage} was never deployed.` };
    }
    throw cause;
  }
}

/** Undefined once the comparison is there, otherwise why it is not. */
async function detect(
  client: Pick<CloudFormationClient, 'send'>,
  stack: string,
  { wait, looks }: typeof PACE,
): Promise<string | undefined> {
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: stack }));
  for (let look = 0; look < looks; look += 1) {
    const { DetectionStatus, DetectionStatusReason } = await client.send(
      new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }),
    );
    if (DetectionStatus === 'DETECTION_COMPLETE') return undefined;
    if (DetectionStatus === 'DETECTION_FAILED') {
      return `CloudFormation did not finish comparing the stack ${stack}: `
        + `${DetectionStatusReason ?? 'it gave no reason'}`;
    }
    await pause(wait);
  }
  return `CloudFormation still compares the stack ${stack} after ${(wait * looks) / 60_000} minutes`;
}

async function differing(
  client: Pick<CloudFormationClient, 'send'>,
  stack: string,
): Promise<readonly StackResourceDrift[]> {
  const found: StackResourceDrift[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeStackResourceDriftsCommand({
        StackName: stack,
        StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    found.push(...(page.StackResourceDrifts ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return found;
}

/** Paths of properties only: a value may be a secret. */
function describe(stack: string, drifts: readonly StackResourceDrift[]): string {
  const rows = drifts.map((drift) => {
    const paths = drift.PropertyDifferences?.map(({ PropertyPath }) => `\`${PropertyPath ?? '?'}\``).join(', ') ?? '';
    return `| \`${drift.LogicalResourceId ?? '?'}\` | \`${drift.ResourceType ?? '?'}\` | `
      + `${drift.StackResourceDriftStatus === 'DELETED' ? '**deleted**' : 'changed'} | ${paths} |`;
  });
  return [
    `Resources were changed in \`${stack}\` outside the pipeline. Bring the change into \`src/infra\`, or deploy `
      + 'the stage again to undo it.',
    ['| resource | type | what | properties |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

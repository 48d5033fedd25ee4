import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { API_URL_OUTPUT } from '../../core/names';
import { awsFailure } from '../command-error';

/** A deployed stage, as a role sees it that may describe resources and neither read nor write what they hold. */
export interface DeployedStage {
  /** Status and the API's base URL; undefined where there is no such stack. */
  stack(name: string): Promise<{ readonly status: string; readonly url: string } | undefined>;
  /** `Active` and `Successful` when all is well. */
  functionState(name: string): Promise<{ readonly state: string; readonly update: string }>;
  /** `ACTIVE` when all is well. */
  tableStatus(name: string): Promise<string>;
  /** States of what hands the queue's messages to functions: `Enabled` when all is well. */
  deliveriesOf(queue: string): Promise<readonly string[]>;
  close(): void;
}

/** The stage in the account of the shell's credentials. */
export function awsStage(region: string): DeployedStage {
  const [stacks, functions] = [new CloudFormationClient({ region }), new LambdaClient({ region })];
  const [tables, queues] = [new DynamoDBClient({ region }), new SQSClient({ region })];
  return {
    stack: async (name) => describeStack(stacks, name),
    functionState: async (name) => {
      const answer = functions.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
      const { State: state = 'Active', LastUpdateStatus: update = 'Successful' } = await told(`Looking at the function ${name}`, answer);
      return { state, update };
    },
    tableStatus: async (name) => (await told(`Looking at the table ${name}`, tables.send(new DescribeTableCommand({ TableName: name })))).Table?.TableStatus ?? 'unknown',
    deliveriesOf: async (name) => told(`Looking at the queue ${name}`, (async () => {
      const { QueueUrl } = await queues.send(new GetQueueUrlCommand({ QueueName: name }));
      const { Attributes: { QueueArn: arn } = {} } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
      // By queue: asked by function, Lambda leaves out what goes to one of its aliases.
      const { EventSourceMappings: mappings = [] } = await functions.send(new ListEventSourceMappingsCommand({ EventSourceArn: arn }));
      return mappings.map(({ State: state = 'unknown' }) => state);
    })()),
    close: () => { for (const client of [stacks, functions, tables, queues]) client.destroy(); },
  };
}

async function describeStack(stacks: CloudFormationClient, name: string) {
  try {
    const { Stacks: [stack] = [] } = await stacks.send(new DescribeStacksCommand({ StackName: name }));
    const url = stack?.Outputs?.find(({ OutputKey: key }) => key === API_URL_OUTPUT)?.OutputValue ?? '';
    return stack && { status: stack.StackStatus ?? 'unknown', url };
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw awsFailure(`Looking at the stack ${name}`, error);
  }
}

async function told<Answer>(attempted: string, answer: Promise<Answer>): Promise<Answer> {
  return answer.catch((error: unknown) => { throw awsFailure(attempted, error); });
}

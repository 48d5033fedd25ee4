import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import { ListSubscriptionsByTopicCommand, paginateListTopics } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { ResourceNames } from '../core/names';
import type { AlarmSubscribers, StageProbe } from '../core/ports/stage-probe';

export interface ProbeClients {
  readonly stacks: CloudFormationClient;
  /** `client` is the SDK's. */
  readonly tables: { readonly client: DynamoDBClient };
  readonly queues: SQSClient;
  readonly topics: SNSClient;
  readonly identity: STSClient;
}

/** A stage's resources as AWS describes them. */
export class AwsStageProbe implements StageProbe {
  constructor(
    private readonly clients: ProbeClients,
    private readonly names: ResourceNames,
    readonly kind: StageProbe['kind'],
    readonly apiUrl: StageProbe['apiUrl'],
  ) {}

  async caller(): Promise<string | undefined> {
    return (await this.clients.identity.send(new GetCallerIdentityCommand({}))).Arn;
  }

  async stackStatus(): Promise<string | undefined> {
    const { Stacks: [stack] = [] } = await this.clients.stacks.send(
      new DescribeStacksCommand({ StackName: this.names.stack }),
    );
    return stack?.StackStatus;
  }

  async tableStatus(table: string): Promise<string | undefined> {
    const { Table: found } = await this.clients.tables.client.send(new DescribeTableCommand({ TableName: table }));
    return found?.TableStatus;
  }

  async hasQueue(queue: string): Promise<boolean> {
    try {
      await this.clients.queues.send(new GetQueueUrlCommand({ QueueName: queue }));
      return true;
    } catch (error) {
      const isMissing =
        error instanceof Error && /^(?:QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/.test(error.name);
      if (isMissing) return false;
      throw error;
    }
  }

  async alarmSubscribers(): Promise<AlarmSubscribers> {
    const arn = await this.topicArn(this.names.alertsTopic);
    if (arn === undefined) return { topic: 'missing' };
    const { Subscriptions: found = [] } = await this.clients.topics.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: arn }),
    );
    const confirmed = found.filter(({ SubscriptionArn: subscription }) => subscription?.startsWith('arn:')).length;
    return { topic: 'there', confirmed, unconfirmed: found.length - confirmed };
  }

  private async topicArn(name: string): Promise<string | undefined> {
    for await (const { Topics: topics = [] } of paginateListTopics({ client: this.clients.topics }, {})) {
      const found = topics.find(({ TopicArn: arn }) => arn?.endsWith(`:${name}`));
      if (found) return found.TopicArn;
    }
    return undefined;
  }
}

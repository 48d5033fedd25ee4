import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openAwsEndpoint } from '../../../../tools/embedded-aws/services/aws-endpoint';
import type { AccessKey } from '../../../../tools/embedded-aws/services/access-keys';
import type { Services } from '../../../../tools/embedded-aws/services/services';
import { startServices } from '../../../../tools/embedded-aws/services/services';
import type { StackTemplate } from '../../../../tools/embedded-aws/template/stack-template';
import { PLACE, loadResources } from '../template/written-assembly';

export interface RunningServices {
  readonly services: Services;
  readonly template: StackTemplate;
  readonly administrator: Clients;
  clientsOf(functionLogicalId: string): Clients;
  stop(): Promise<void>;
}

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly secretsManager: SecretsManagerClient;
}

/** Starts the services of a stack of these resources, with SDK clients whose connections end with them. */
export async function startSample(resources: object): Promise<RunningServices> {
  const awsEndpoint = await openAwsEndpoint();
  const template = loadResources(resources, { ...PLACE, endpoint: awsEndpoint.url });
  const services = await startServices(template, { awsEndpoint });
  const opened: Clients[] = [];
  const clients = (credentials: AccessKey): Clients => {
    const settings = { region: PLACE.region, endpoint: services.endpoint, credentials, maxAttempts: 1 };
    const made = {
      dynamodb: new DynamoDBClient(settings),
      sqs: new SQSClient(settings),
      secretsManager: new SecretsManagerClient(settings),
    };
    opened.push(made);
    return made;
  };
  return {
    services,
    template,
    administrator: clients(services.administratorCredentials),
    clientsOf: (functionLogicalId) => clients(services.credentialsOf(functionLogicalId)),
    stop: async () => {
      for (const one of opened.flatMap((client) => Object.values(client))) one.destroy();
      await services.stop();
    },
  };
}

/** Resources of a function and its role with these statements. */
export function functionWith(logicalId: string, statements: readonly object[], roleProperties: object = {}): object {
  return {
    [`${logicalId}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: `${logicalId.toLowerCase()}-role`, ...roleProperties },
    },
    [`${logicalId}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: `${logicalId}Policy`,
        Roles: [{ Ref: `${logicalId}Role` }],
        PolicyDocument: { Version: '2012-10-17', Statement: statements },
      },
    },
    [logicalId]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: `sample-${logicalId.toLowerCase()}-dev`,
        Role: { 'Fn::GetAtt': [`${logicalId}Role`, 'Arn'] },
        Code: { S3Key: 'code.zip' },
      },
    },
  };
}

export const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'conversations-dev',
    AttributeDefinitions: ['owner', 'entry', 'state', 'due'].map((name) => ({
      AttributeName: name,
      AttributeType: name === 'due' ? 'N' : 'S',
    })),
    KeySchema: [
      { AttributeName: 'owner', KeyType: 'HASH' },
      { AttributeName: 'entry', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-state',
        KeySchema: [
          { AttributeName: 'state', KeyType: 'HASH' },
          { AttributeName: 'due', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
      },
    ],
  },
};

export const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

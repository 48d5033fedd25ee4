import { adaptTemplate } from '../../../../tools/pipeline-rehearsal/emulator-copy/adapt-template';

const ADDRESSES = { endpoint: 'https://127.0.0.1:4566', variables: { TWILIO_API_URL: 'http://127.0.0.1:5001' } };

const METRIC_ALARM = { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors', Namespace: 'AWS/Lambda' } };
const EXPRESSION_ALARM = {
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Metrics: [{ Id: 'rate', Expression: 'failed / sent' }] },
};

function adapt(resources: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>> = {}) {
  return adaptTemplate({ ...rest, Resources: resources }, ADDRESSES);
}

test('what the emulator knows stays as it is, to the last property', () => {
  const resources = {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: 'queue' },
      DependsOn: ['Alarm'],
      Metadata: { path: 'x' },
      DeletionPolicy: 'Retain',
    },
    Alarm: METRIC_ALARM,
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'role' } },
  };
  const { template, takenOut } = adapt(resources, { Parameters: { Version: { Type: 'String' } } });
  expect(takenOut).toEqual([]);
  expect(template).toEqual({ Parameters: { Version: { Type: 'String' } }, Resources: resources });
});

test('only what it does not know is taken out, each by its name', () => {
  const { template, takenOut } = adapt({
    Rate: EXPRESSION_ALARM,
    Alarm: METRIC_ALARM,
    Either: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM(x)' } },
    Application: { Type: 'AWS::CodeDeploy::Application', Properties: {} },
    Group: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { ApplicationName: { Ref: 'Application' } } },
  });
  expect(Object.keys(Object(template.Resources))).toEqual(['Alarm']);
  expect(takenOut).toEqual([
    { logicalId: 'Rate', type: 'AWS::CloudWatch::Alarm over a metric expression' },
    { logicalId: 'Either', type: 'AWS::CloudWatch::CompositeAlarm' },
    { logicalId: 'Application', type: 'AWS::CodeDeploy::Application' },
    { logicalId: 'Group', type: 'AWS::CodeDeploy::DeploymentGroup' },
  ]);
});

test('what pointed to something taken out points nowhere any more, and everything else still where it did', () => {
  const { template } = adapt({
    Rate: EXPRESSION_ALARM,
    Group: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: {} },
    Alias: {
      Type: 'AWS::Lambda::Alias',
      Properties: { Name: 'live' },
      UpdatePolicy: { CodeDeployLambdaAliasUpdate: { DeploymentGroupName: { Ref: 'Group' } } },
    },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: {}, UpdatePolicy: { Kept: { Ref: 'Alias' } } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: {}, DependsOn: ['Rate', 'Alias'] },
    Topic: { Type: 'AWS::SNS::Topic', Properties: {}, DependsOn: 'Group' },
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardBody: {
          'Fn::Join': [
            '',
            ['{"alarms":["', { 'Fn::GetAtt': ['Rate', 'Arn'] }, '","', { 'Fn::GetAtt': ['Queue', 'Arn'] }, '"]}'],
          ],
        },
      },
    },
  });
  expect(template.Resources).toEqual({
    Alias: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live' } },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: {}, UpdatePolicy: { Kept: { Ref: 'Alias' } } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: {}, DependsOn: ['Alias'] },
    Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardBody: {
          'Fn::Join': ['', ['{"alarms":["', 'not-in-the-emulator', '","', { 'Fn::GetAtt': ['Queue', 'Arn'] }, '"]}']],
        },
      },
    },
  });
});

test('functions are pointed at the simulators, in variables that the template sets and in no other', () => {
  const variables = (value: Readonly<Record<string, unknown>>) => ({
    Type: 'AWS::Lambda::Function',
    Properties: { Environment: { Variables: value } },
  });
  const { template } = adapt({
    Processor: variables({ TWILIO_API_URL: 'https://api.twilio.com', STAGE: 'dev' }),
    Router: variables({ STAGE: 'dev' }),
  });
  expect(template.Resources).toEqual({
    Processor: variables({ TWILIO_API_URL: 'http://127.0.0.1:5001', STAGE: 'dev' }),
    Router: variables({ STAGE: 'dev' }),
  });
});

test("the API's own address becomes the emulator's, wherever the template builds it", () => {
  const region = (rest: readonly unknown[]) => ({ 'Fn::Join': ['', ['https://', { Ref: 'Api' }, ...rest]] });
  const { template } = adapt({}, {
    Outputs: {
      Typed: { Value: region(['.execute-api.eu-west-2.', { Ref: 'AWS::URLSuffix' }, '/dev']) },
      Open: { Value: region(['.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/dev/']) },
      Other: { Value: { 'Fn::Join': ['', ['https://', { Ref: 'Bucket' }, '.s3.amazonaws.com/dev']] } },
    },
  });
  const emulated = (rest: string) => ({
    Value: { 'Fn::Join': ['', ['https://127.0.0.1:4566/restapis/', { Ref: 'Api' }, rest]] },
  });
  expect(template.Outputs).toEqual({
    Typed: emulated('/dev/_user_request_'),
    Open: emulated('/dev/_user_request_/'),
    Other: { Value: { 'Fn::Join': ['', ['https://', { Ref: 'Bucket' }, '.s3.amazonaws.com/dev']] } },
  });
});

/**
 * How the embedded cloud treats one CloudFormation resource type.
 *
 * The strings are patterns. Placeholders: `{name}` the physical name (the property `nameProperty`, or generated), `{unslashedName}`, `{arn}`,
 * `{reference}`, `{id}` and `{rootId}` ten lower-case letters and digits, `{uuid}`, `{suffix}` six letters and digits, `{functionName}` of the
 * property `FunctionName`, `{path}` of a role, `{account}`, `{region}`, `{partition}`, `{endpoint}` of the AWS endpoint, `{property:X}` any other
 * property.
 */
export interface ResourceType {
  /** `runs`: behaves as in AWS. `accepted`: resolved and kept, without effect. */
  readonly treatment: 'runs' | 'accepted';
  /** What runs it, or why it needs no effect on one machine. */
  readonly reason: string;
  readonly nameProperty?: string;
  readonly arn?: string;
  /** What `Ref` gives. */
  readonly reference: string;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes?: Readonly<Record<string, string>>;
}

const FUNCTION_ARN = 'arn:{partition}:lambda:{region}:{account}:function:{functionName}';
/** DynamoDB names a table's stream after the moment of its making. */
export const STREAM_LABEL = '2026-01-01T00:00:00.000';
const PERMISSIONS = 'its statements are evaluated for each call';
const API = 'the local REST API';
const HTTP_API = 'the local HTTP API';
const NO_PEOPLE = 'whoever starts the stack names an OpenID provider of their own';
const NO_MONITORING = 'nothing watches metrics on one machine; tests assert the failures themselves';
const NO_DEPLOYMENT = 'the code of the assembly is what runs, so nothing is shifted or rolled back';

const api = (reason: string, attribute?: string): ResourceType =>
  ({ treatment: 'runs', reason, reference: '{id}', ...(attribute ? { attributes: { [attribute]: '{id}' } } : {}) });

/** Every type that a stack may hold; any other is refused by name. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::DynamoDB::Table': {
    treatment: 'runs', reason: 'a dynalite table', nameProperty: 'TableName',
    arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{name}', reference: '{name}',
    attributes: { Arn: '{arn}', StreamArn: `{arn}/stream/${STREAM_LABEL}` },
  },
  'AWS::DynamoDB::GlobalTable': {
    treatment: 'runs', reason: 'a dynalite table, its replica in the stack\'s own region', nameProperty: 'TableName',
    arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{name}', reference: '{name}', attributes: { Arn: '{arn}', TableId: '{uuid}' },
  },
  'AWS::SQS::Queue': {
    treatment: 'runs', reason: 'a fauxqs queue', nameProperty: 'QueueName',
    arn: 'arn:{partition}:sqs:{region}:{account}:{name}', reference: '{endpoint}/{account}/{name}',
    attributes: { Arn: '{arn}', QueueName: '{name}', QueueUrl: '{reference}' },
  },
  'AWS::SQS::QueuePolicy': { treatment: 'runs', reason: PERMISSIONS, reference: '{name}', attributes: { Id: '{name}' } },
  'AWS::SNS::Topic': {
    treatment: 'runs', reason: 'a fauxqs topic', nameProperty: 'TopicName',
    arn: 'arn:{partition}:sns:{region}:{account}:{name}', reference: '{arn}', attributes: { TopicArn: '{arn}', TopicName: '{name}' },
  },
  'AWS::SNS::TopicPolicy': { treatment: 'runs', reason: PERMISSIONS, reference: '{name}', attributes: { Id: '{name}' } },
  'AWS::SNS::Subscription': {
    treatment: 'runs', reason: 'queues receive what is published; e-mail addresses are listed as pending and nothing is sent',
    arn: '{property:TopicArn}:{uuid}', reference: '{arn}', attributes: { Arn: '{arn}' },
  },
  'AWS::SecretsManager::Secret': {
    treatment: 'runs', reason: 'the local Secrets Manager', nameProperty: 'Name',
    arn: 'arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{suffix}', reference: '{arn}', attributes: { Id: '{arn}' },
  },
  'AWS::SecretsManager::ResourcePolicy': { treatment: 'runs', reason: PERMISSIONS, reference: '{property:SecretId}', attributes: { Id: '{property:SecretId}' } },

  'AWS::Lambda::Function': {
    treatment: 'runs', reason: 'a process of its own', nameProperty: 'FunctionName',
    arn: 'arn:{partition}:lambda:{region}:{account}:function:{name}', reference: '{name}', attributes: { Arn: '{arn}' },
  },
  'AWS::Lambda::Version': {
    treatment: 'accepted', reason: NO_DEPLOYMENT, arn: `${FUNCTION_ARN}:1`, reference: '{arn}', attributes: { Version: '1', FunctionArn: '{arn}' },
  },
  'AWS::Lambda::Alias': {
    treatment: 'runs', reason: 'another name of its function', nameProperty: 'Name',
    arn: `${FUNCTION_ARN}:{name}`, reference: '{arn}', attributes: { AliasArn: '{arn}' },
  },
  'AWS::Lambda::Permission': { treatment: 'accepted', reason: 'only the stack\'s own API and schedules can reach a function here', reference: '{name}', attributes: { Id: '{name}' } },
  'AWS::Lambda::EventSourceMapping': {
    treatment: 'runs', reason: 'the local queue poller',
    arn: 'arn:{partition}:lambda:{region}:{account}:event-source-mapping:{uuid}', reference: '{uuid}',
    attributes: { Id: '{uuid}', EventSourceMappingArn: '{arn}' },
  },
  'AWS::Lambda::EventInvokeConfig': { treatment: 'accepted', reason: 'schedules try an invocation once and report its failure', reference: '{name}' },

  'AWS::IAM::Role': {
    treatment: 'runs', reason: PERMISSIONS, nameProperty: 'RoleName',
    arn: 'arn:{partition}:iam::{account}:role{path}{name}', reference: '{name}', attributes: { Arn: '{arn}', RoleId: 'AROA{id}' },
  },
  'AWS::IAM::Policy': { treatment: 'runs', reason: PERMISSIONS, nameProperty: 'PolicyName', reference: '{name}', attributes: { Id: '{name}' } },
  'AWS::IAM::ManagedPolicy': {
    treatment: 'runs', reason: PERMISSIONS, nameProperty: 'ManagedPolicyName',
    arn: 'arn:{partition}:iam::{account}:policy{path}{name}', reference: '{arn}', attributes: { PolicyArn: '{arn}' },
  },
  'AWS::KMS::Key': {
    treatment: 'runs', reason: 'the right to use it is checked; nothing is encrypted in memory',
    arn: 'arn:{partition}:kms:{region}:{account}:key/{uuid}', reference: '{uuid}', attributes: { Arn: '{arn}', KeyId: '{uuid}' },
  },
  'AWS::KMS::Alias': {
    treatment: 'runs', reason: 'another name of its key', nameProperty: 'AliasName',
    arn: 'arn:{partition}:kms:{region}:{account}:{name}', reference: '{name}', attributes: { AliasArn: '{arn}' },
  },

  'AWS::ApiGateway::RestApi': {
    treatment: 'runs', reason: API, nameProperty: 'Name', arn: 'arn:{partition}:apigateway:{region}::/restapis/{id}', reference: '{id}',
    attributes: { RootResourceId: '{rootId}', RestApiId: '{id}' },
  },
  'AWS::ApiGateway::Resource': api(API, 'ResourceId'),
  'AWS::ApiGateway::Method': api(API),
  'AWS::ApiGateway::Model': { treatment: 'runs', reason: API, nameProperty: 'Name', reference: '{name}' },
  'AWS::ApiGateway::RequestValidator': { ...api(API, 'RequestValidatorId'), nameProperty: 'Name' },
  'AWS::ApiGateway::GatewayResponse': api(API, 'Id'),
  'AWS::ApiGateway::Deployment': { ...api('the API runs as the template has it', 'DeploymentId'), treatment: 'accepted' },
  'AWS::ApiGateway::Stage': {
    treatment: 'runs', reason: API, nameProperty: 'StageName',
    arn: 'arn:{partition}:apigateway:{region}::/restapis/{property:RestApiId}/stages/{name}', reference: '{name}',
  },
  'AWS::ApiGateway::ApiKey': { ...api(API, 'APIKeyId'), nameProperty: 'Name', arn: 'arn:{partition}:apigateway:{region}::/apikeys/{id}' },
  'AWS::ApiGateway::UsagePlan': { ...api(API, 'Id'), nameProperty: 'UsagePlanName' },
  'AWS::ApiGateway::UsagePlanKey': api(API, 'Id'),
  'AWS::ApiGateway::Account': { ...api('no CloudWatch is here to write access logs to', 'Id'), treatment: 'accepted' },

  'AWS::ApiGatewayV2::Api': {
    treatment: 'runs', reason: HTTP_API, nameProperty: 'Name', reference: '{id}', arn: 'arn:{partition}:apigateway:{region}::/apis/{id}',
    attributes: { ApiId: '{id}', ApiEndpoint: 'https://{id}.execute-api.{region}.amazonaws.com' },
  },
  'AWS::ApiGatewayV2::Integration': { treatment: 'runs', reason: HTTP_API, reference: '{id}', attributes: { IntegrationId: '{id}' } },
  'AWS::ApiGatewayV2::Route': { treatment: 'runs', reason: HTTP_API, reference: '{id}', attributes: { RouteId: '{id}' } },
  'AWS::ApiGatewayV2::Stage': { treatment: 'runs', reason: HTTP_API, nameProperty: 'StageName', reference: '{name}' },

  'AWS::Cognito::UserPool': {
    treatment: 'accepted', reason: NO_PEOPLE, nameProperty: 'UserPoolName',
    arn: 'arn:{partition}:cognito-idp:{region}:{account}:userpool/{reference}', reference: '{region}_{id}',
    attributes: {
      Arn: '{arn}', UserPoolId: '{reference}', ProviderName: 'cognito-idp.{region}.amazonaws.com/{reference}',
      ProviderURL: 'https://cognito-idp.{region}.amazonaws.com/{reference}',
    },
  },
  'AWS::Cognito::UserPoolClient': { treatment: 'accepted', reason: NO_PEOPLE, reference: '{id}', attributes: { ClientId: '{id}' } },
  'AWS::Cognito::UserPoolDomain': { treatment: 'accepted', reason: NO_PEOPLE, nameProperty: 'Domain', reference: '{name}' },
  'AWS::Cognito::UserPoolGroup': { treatment: 'accepted', reason: NO_PEOPLE, nameProperty: 'GroupName', reference: '{name}' },
  'AWS::Cognito::ManagedLoginBranding': { treatment: 'accepted', reason: NO_PEOPLE, reference: '{uuid}' },

  'AWS::Events::Rule': {
    treatment: 'runs', reason: 'the local scheduler', nameProperty: 'Name',
    arn: 'arn:{partition}:events:{region}:{account}:rule/{name}', reference: '{name}', attributes: { Arn: '{arn}' },
  },
  'AWS::Scheduler::Schedule': {
    treatment: 'runs', reason: 'the local scheduler', nameProperty: 'Name',
    arn: 'arn:{partition}:scheduler:{region}:{account}:schedule/default/{name}', reference: '{name}', attributes: { Arn: '{arn}' },
  },
  'AWS::Scheduler::ScheduleGroup': {
    treatment: 'accepted', reason: 'only groups schedules', nameProperty: 'Name',
    arn: 'arn:{partition}:scheduler:{region}:{account}:schedule-group/{name}', reference: '{name}', attributes: { Arn: '{arn}' },
  },

  'AWS::Logs::LogGroup': {
    treatment: 'accepted', reason: 'functions\' logs are kept by the local function processes', nameProperty: 'LogGroupName',
    arn: 'arn:{partition}:logs:{region}:{account}:log-group:{name}:*', reference: '{name}', attributes: { Arn: '{arn}' },
  },
  'AWS::Logs::MetricFilter': { treatment: 'accepted', reason: NO_MONITORING, nameProperty: 'FilterName', reference: '{name}' },
  'AWS::Logs::QueryDefinition': { treatment: 'accepted', reason: NO_MONITORING, reference: '{uuid}', attributes: { QueryDefinitionId: '{uuid}' } },
  'AWS::CloudWatch::Alarm': {
    treatment: 'accepted', reason: NO_MONITORING, nameProperty: 'AlarmName',
    arn: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}', reference: '{name}', attributes: { Arn: '{arn}' },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    treatment: 'accepted', reason: NO_MONITORING, nameProperty: 'AlarmName',
    arn: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}', reference: '{name}', attributes: { Arn: '{arn}' },
  },
  'AWS::CloudWatch::Dashboard': {
    treatment: 'accepted', reason: NO_MONITORING, nameProperty: 'DashboardName',
    arn: 'arn:{partition}:cloudwatch::{account}:dashboard/{name}', reference: '{name}',
  },
  'AWS::XRay::Group': {
    treatment: 'accepted', reason: NO_MONITORING, nameProperty: 'GroupName',
    arn: 'arn:{partition}:xray:{region}:{account}:group/{name}/{id}', reference: '{arn}', attributes: { GroupARN: '{arn}' },
  },
  'AWS::XRay::SamplingRule': {
    treatment: 'accepted', reason: NO_MONITORING,
    arn: 'arn:{partition}:xray:{region}:{account}:sampling-rule/{name}', reference: '{arn}', attributes: { RuleARN: '{arn}' },
  },
  'AWS::CodeDeploy::Application': { treatment: 'accepted', reason: NO_DEPLOYMENT, nameProperty: 'ApplicationName', reference: '{name}' },
  'AWS::CodeDeploy::DeploymentConfig': { treatment: 'accepted', reason: NO_DEPLOYMENT, nameProperty: 'DeploymentConfigName', reference: '{name}' },
  'AWS::CodeDeploy::DeploymentGroup': { treatment: 'accepted', reason: NO_DEPLOYMENT, nameProperty: 'DeploymentGroupName', reference: '{name}' },
  'AWS::SSM::Parameter': {
    treatment: 'accepted', reason: 'no Systems Manager endpoint is offered; a function that calls it is refused with a sentence', nameProperty: 'Name',
    arn: 'arn:{partition}:ssm:{region}:{account}:parameter/{unslashedName}', reference: '{name}',
    attributes: { Type: '{property:Type}', Value: '{property:Value}' },
  },
  'AWS::CDK::Metadata': { treatment: 'accepted', reason: 'only shows AWS which constructs were used', reference: '{name}' },
};

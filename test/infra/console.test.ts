import { DEV } from './sample-stages';
import { resourcesOf, templateOf } from './template';

const CONSOLE = 'the console';
const OWN = "the console with a provider and an address of one's own";

const one = (variant: string, type: string) => Object.values(resourcesOf(templateOf(variant), type))[0]?.Properties;

test('a stage without a console has none of its resources', () => {
  expect(DEV.console).toBeUndefined();
  for (const type of ['AWS::ApiGatewayV2::Api', 'AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolDomain']) {
    expect(resourcesOf(templateOf('dev'), type)).toEqual({});
  }
  expect(JSON.stringify(templateOf('dev'))).not.toContain('-console-dev');
});

describe('a stage with one', () => {
  test('adds to the stack and changes nothing else of it but its dashboard', () => {
    const [without, withIt] = [templateOf('dev').Resources, templateOf(CONSOLE).Resources];
    const changed = Object.entries(without).filter(
      ([id, before]) => JSON.stringify(withIt[id]) !== JSON.stringify(before),
    );
    expect(changed.map(([, { Type: type }]) => type)).toEqual(['AWS::CloudWatch::Dashboard']);
  });

  test('has an address of its own with a rate of its own', () => {
    expect(one(CONSOLE, 'AWS::ApiGatewayV2::Stage')).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    });
    expect(one(CONSOLE, 'AWS::ApiGatewayV2::Route')).toMatchObject({ RouteKey: '$default' });
  });

  test('lets in whom its operator made known, with a second factor, by a code and nothing else', () => {
    expect(one(CONSOLE, 'AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
    expect(one(CONSOLE, 'AWS::Cognito::UserPoolClient')).toMatchObject({
      AllowedOAuthFlows: ['code'],
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
    });
    expect(one(CONSOLE, 'AWS::Cognito::UserPoolDomain')).toMatchObject({ ManagedLoginVersion: 2 });
  });

  test("outlives its people's stack where the stage is guarded", () => {
    const [pool] = Object.values(resourcesOf(templateOf('the console of a guarded stage'), 'AWS::Cognito::UserPool'));
    expect(pool).toMatchObject({ DeletionPolicy: 'Retain', Properties: { DeletionProtection: 'ACTIVE' } });
  });

  test('can add and read audit items, and neither change nor remove one', () => {
    const roles = Object.entries(resourcesOf(templateOf(CONSOLE), 'AWS::IAM::Role'));
    const policy = JSON.stringify(roles.find(([id]) => id.startsWith('ConsoleWorker'))?.[1].Properties.Policies);
    const statements: ReadonlyArray<{ readonly Action: unknown; readonly Condition?: object }> =
      JSON.parse(policy)[0].PolicyDocument.Statement;
    const onAudit = statements.filter(({ Condition: condition }) =>
      JSON.stringify(condition ?? {}).includes('audit#'),
    );
    expect(onAudit.map(({ Action: action }) => action)).toEqual([['dynamodb:PutItem', 'dynamodb:Query']]);
  });

  test('is watched: its function, its new versions and its address', () => {
    const alarms = Object.values(resourcesOf(templateOf(CONSOLE), 'AWS::CloudWatch::Alarm'));
    const names = alarms
      .map(({ Properties: { AlarmName: name } }) => String(name))
      .filter((name) => name.includes('console'));
    expect(names.sort()).toEqual([
      'ai-multi-comms-console-errors-dev',
      'ai-multi-comms-console-function-errors-dev',
      'ai-multi-comms-console-function-throttles-dev',
      'ai-multi-comms-console-new-version-dev',
    ]);
  });
});

describe("a stage with a provider and an address of one's own", () => {
  test('makes no people of its own, and closes the address that API Gateway gave', () => {
    expect(resourcesOf(templateOf(OWN), 'AWS::Cognito::UserPool')).toEqual({});
    expect(one(OWN, 'AWS::ApiGatewayV2::Api')).toMatchObject({ DisableExecuteApiEndpoint: true });
    expect(templateOf(OWN).Outputs.ConsoleUrl?.Value).toBe('https://console.example.com');
  });

  test('tells the function who the provider is, and lets it read that one secret', () => {
    const functions = Object.values(resourcesOf(templateOf(OWN), 'AWS::Lambda::Function'));
    const console = functions.find(({ Properties }) => Properties.FunctionName === 'ai-multi-comms-console-dev');
    expect(console?.Properties.Environment.Variables).toMatchObject({
      CONSOLE_ISSUER: 'https://login.example.com',
      CONSOLE_CLIENT_ID: 'engine',
      CONSOLE_CLIENT_SECRET: 'console-client',
      CONSOLE_ROLES_CLAIM: 'groups',
      CONSOLE_ROLE_MAP: '{"engine-reviewers":"reviewer:*"}',
      CONSOLE_HTTP: '',
    });
    expect(JSON.stringify(templateOf(OWN))).toContain('secret:console-client-??????');
  });
});

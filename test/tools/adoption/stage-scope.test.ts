import { StageScope } from '../../../tools/adoption/stage-scope';

const scope = new StageScope('dev', ['dev', 'eu-dev', 'prod']);

describe('the names of a stage', () => {
  test.each([
    ['ai-multi-comms-channel-router-dev', 'ours'],
    ['ai-multi-comms-email-dlq-dev', 'ours'],
    ['ai-multi-comms-standard-usage-plan-dev', 'ours'],
    ['ai-multi-comms-report-worker-dev', 'near'],
    ['ai-multi-comms-channel-router-eu-dev', 'foreign'],
    ['ai-multi-comms-channel-router-prod', 'foreign'],
    ['ai-multi-comms-channel-router-dev2', 'foreign'],
    ['payroll-dev', 'foreign'],
  ])('%s is %s', (name, belonging) => {
    expect(scope.of(name)).toBe(belonging);
  });

  test.each([
    ['ai-multi-comms-channel-router-dev-role-a1b2c3d4', true],
    ['ai-multi-comms-channel-router-dev-role-a1b2c3d', false],
    ['ai-multi-comms-channel-router-eu-dev-role-a1b2c3d4', false],
    ['payroll-role-a1b2c3d4', false],
  ])('Lambda\'s console made the role %s for the stage: %s', (role, isOurs) => {
    expect(scope.isConsoleRole(role)).toBe(isOurs);
  });

  test.each([
    ['ai-multi-comms/openai-api-key/sms-dev', true],
    ['ai-multi-comms/sms-credentials/a/b/twilio-dev', true],
    ['ai-multi-comms/sms-credentials/a/b/twilio-prod', false],
    ['ai-multi-comms/sms-credentials/a/b/twilio-eu-dev', false],
    ['ai-multi-comms-other-dev', false],
  ])('%s is its secret: %s', (name, isOurs) => {
    expect(scope.isSecret(name)).toBe(isOurs);
  });

  test('its log groups are those of its functions and of its APIs', () => {
    expect(scope.logGroups(['abc'])).toEqual(expect.arrayContaining([
      '/aws/lambda/ai-multi-comms-reconciler-dev', '/aws/apigateway/ai-multi-comms-api-dev',
      'API-Gateway-Execution-Logs_abc/dev',
    ]));
  });
});

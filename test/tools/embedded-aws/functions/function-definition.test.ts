import { functionDefinitions } from '../../../../tools/embedded-aws/functions/function-definition';
import { functionResource, handmadeStack } from './handmade-stack';

const read = (properties: Record<string, unknown>) =>
  functionDefinitions(handmadeStack([functionResource('Router', properties)], '/code'))[0];

describe('a function as its template defines it', () => {
  test('has Lambda\'s defaults', () => {
    expect(read({})).toEqual({
      logicalId: 'Router',
      name: 'router',
      arn: 'arn:aws:lambda:eu-west-1:111122223333:function:router',
      codeFolder: '/code/Router',
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      roleArn: 'arn:aws:iam::111122223333:role/router',
      environment: {},
      memoryMegabytes: 128,
      timeoutSeconds: 3,
      logGroupName: '/aws/lambda/router',
      logFormat: 'Text',
      isTraced: false,
    });
  });

  test('has what the template says', () => {
    expect(read({
      Environment: { Variables: { STAGE: 'dev', COUNT: 3 } },
      MemorySize: 512,
      Timeout: 60,
      ReservedConcurrentExecutions: 0,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: '/logs/router', ApplicationLogLevel: 'WARN' },
      TracingConfig: { Mode: 'Active' },
    })).toMatchObject({
      environment: { STAGE: 'dev', COUNT: '3' },
      memoryMegabytes: 512,
      timeoutSeconds: 60,
      reservedConcurrency: 0,
      logGroupName: '/logs/router',
      logFormat: 'JSON',
      logLevel: 'WARN',
      isTraced: true,
    });
  });

  test.each([
    ['Layers', { Layers: ['arn:aws:lambda:eu-west-1:1:layer:extra:1'] }],
    ['Runtime', { Runtime: 'python3.13' }],
    ['PackageType', { PackageType: 'Image' }],
    ['VpcConfig', { VpcConfig: {} }],
  ])('refuses what it cannot run and names it: %s', (property, properties) => {
    expect(() => read(properties)).toThrow(new RegExp(`^Starting AWS::Lambda::Function Router failed: .*${property}`));
  });

  test('refuses a function that the loaded stack gives no ARN', () => {
    const { arn: _arn, ...nameless } = functionResource('Router');
    expect(() => functionDefinitions(handmadeStack([nameless]))).toThrow('Starting the function Router failed');
  });
});

import { functionDefinitions } from '../../../../tools/embedded-aws/functions/function-definition';
import { functionEnvironment } from '../../../../tools/embedded-aws/functions/function-environment';
import { functionResource, handmadeStack } from './handmade-stack';

const SURROUNDINGS = {
  region: 'eu-west-1',
  endpoint: 'http://127.0.0.1:4566',
  accessKey: { accessKeyId: 'AKIA1', secretAccessKey: 'secret' },
  vendorEnvironment: { OPENAI_BASE_URL: 'http://127.0.0.1:5000', AWS_REGION: 'not-to-be-overridden' },
};

function environmentOf(properties: Record<string, unknown>) {
  const [definition] = functionDefinitions(handmadeStack([functionResource('Router', properties)], '/code'));
  if (!definition) throw new Error('no function');
  return functionEnvironment(definition, SURROUNDINGS, '2026/01/02/[$LATEST]0');
}

describe('the variables of a function', () => {
  test('are the template\'s, Lambda\'s and those that lead to the embedded cloud, and no others', () => {
    const { PATH: path, ...rest } = environmentOf({
      Environment: { Variables: { STAGE: 'dev', OPENAI_BASE_URL: 'https://api.openai.com' } },
      MemorySize: 256,
    });
    expect(rest).toEqual({
      STAGE: 'dev',
      OPENAI_BASE_URL: 'http://127.0.0.1:5000',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_ACCESS_KEY_ID: 'AKIA1',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'router',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_FORMAT: 'Text',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/router',
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/02/[$LATEST]0',
      LAMBDA_TASK_ROOT: '/code/Router',
      _HANDLER: 'index.handler',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
    });
    expect(path).toMatch(/:\/usr\/bin:\/bin$/);
  });

  test('hold the log level if the template sets one', () => {
    expect(environmentOf({ LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'ERROR' } })).toMatchObject({
      AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'ERROR',
    });
  });
});

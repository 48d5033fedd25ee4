import { ENV_VARS } from '../../src/core/env-vars';
import { vendorUrlVariable } from '../../src/core/ports/vendor';

/** What the stack sets, with an AWS endpoint that nobody listens on. */
export function setLambdaEnvironment(): void {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_MAX_ATTEMPTS: '1',
    [ENV_VARS.stage]: 'dev',
    [ENV_VARS.companyTable]: 'companies',
    [ENV_VARS.conversationTable]: 'conversations',
    [ENV_VARS.queueUrls]: JSON.stringify({
      whatsapp: 'http://127.0.0.1:9/w',
      sms: 'http://127.0.0.1:9/s',
      email: 'http://127.0.0.1:9/e',
    }),
    [ENV_VARS.handoffQueueUrl]: 'http://127.0.0.1:9/h',
    [ENV_VARS.turnQueueUrl]: 'http://127.0.0.1:9/t',
    [vendorUrlVariable('twilio')]: 'http://127.0.0.1:9',
    [vendorUrlVariable('sendgrid')]: 'http://127.0.0.1:9',
    [ENV_VARS.allowedOrigins]: 'https://example.com,https://www.example.com',
    [ENV_VARS.retentionDays]: '30',
    [ENV_VARS.receiptsUrl]: 'https://api.example.com/dev',
    [ENV_VARS.metricsNamespace]: 'ai-multi-comms-test',
    [ENV_VARS.serviceName]: 'test',
    [ENV_VARS.logLevel]: 'SILENT',
  });
}

/** The same, for the functions of events. */
export function setEventEnvironment(): void {
  setLambdaEnvironment();
  Object.assign(process.env, {
    [ENV_VARS.eventTable]: 'events',
    [ENV_VARS.deliveryQueueUrl]: 'http://127.0.0.1:9/d',
    [ENV_VARS.endpointsOnLoopback]: 'false',
  });
}

/** Keeps what a function logs and measures out of the tests' own output. */
export function silence(): void {
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    jest.spyOn(console, method).mockImplementation(() => undefined);
  }
  jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
}

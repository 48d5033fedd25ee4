import { VARIABLES } from '../../src/core/variables';

/** What the stack sets, with an AWS endpoint that nobody listens on. */
export function setLambdaEnvironment(): void {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_MAX_ATTEMPTS: '1',
    [VARIABLES.companyTable]: 'companies',
    [VARIABLES.conversationTable]: 'conversations',
    [VARIABLES.queueUrls]: JSON.stringify({ whatsapp: 'http://127.0.0.1:9/w', sms: 'http://127.0.0.1:9/s', email: 'http://127.0.0.1:9/e' }),
    [VARIABLES.handoffQueueUrl]: 'http://127.0.0.1:9/h',
    [VARIABLES.twilioUrl]: 'http://127.0.0.1:9',
    [VARIABLES.sendgridUrl]: 'http://127.0.0.1:9',
    [VARIABLES.allowedOrigins]: 'https://example.com,https://www.example.com',
    [VARIABLES.retentionDays]: '30',
    [VARIABLES.receiptsUrl]: 'https://api.example.com/dev',
    [VARIABLES.metricsNamespace]: 'ai-multi-comms-test',
    [VARIABLES.serviceName]: 'test',
    [VARIABLES.logLevel]: 'SILENT',
  });
}

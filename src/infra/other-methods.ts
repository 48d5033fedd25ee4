import type { Resource } from 'aws-cdk-lib/aws-apigateway';
import { MockIntegration, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';

const ALLOW = 'method.response.header.Allow';

/** What a mock integration needs to answer at all; a body of another media type is refused by API Gateway itself. */
const TAKEN = '{"statusCode": 200}';

/**
 * Answers every method that the resource does not have with 405 and those that it has. API Gateway itself would say
 * that there is no such path.
 */
export function refuseOtherMethods(resource: Resource, methods: readonly string[]): void {
  const message = `This path takes ${methods.join(' and ')} only.`;
  const body = { status: 'error', error_code: 'METHOD_NOT_ALLOWED', message, request_id: 'unknown' };
  const integration = new MockIntegration({
    requestTemplates: { 'application/json': TAKEN, 'application/x-www-form-urlencoded': TAKEN, 'text/plain': TAKEN },
    passthroughBehavior: PassthroughBehavior.NEVER,
    integrationResponses: [
      {
        statusCode: '405',
        responseParameters: { [ALLOW]: `'${methods.join(',')},OPTIONS'` },
        responseTemplates: { 'application/json': JSON.stringify(body) },
      },
    ],
  });
  resource.addMethod('ANY', integration, {
    methodResponses: [{ statusCode: '405', responseParameters: { [ALLOW]: true } }],
  });
}

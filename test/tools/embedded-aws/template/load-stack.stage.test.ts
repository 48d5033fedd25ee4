import { existsSync } from 'node:fs';
import { loadStack } from '../../../../tools/embedded-aws/template/load-stack';
import { PLACE } from './written-assembly';

describe('the engine\'s own stack, as it would be deployed', () => {
  const template = loadStack('cdk.out', 'ai-multi-comms-dev', PLACE);

  it('is resolved to the last value', () => {
    expect(template.resources.length).toBeGreaterThan(50);
    const text = JSON.stringify(template.resources.map(({ properties }) => properties));
    expect(text.match(/"(Ref|Fn::\w+)":|\$\{AWS::/g)).toBeNull();
  });

  it('has code, a role and a queue at the AWS endpoint for each of its functions', () => {
    const roles = template.ofType('AWS::IAM::Role').map(({ arn }) => arn);
    for (const one of template.ofType('AWS::Lambda::Function')) {
      expect(existsSync(`${template.codeFolder(one)}/index.js`)).toBe(true);
      expect(roles).toContain(one.properties.Role);
    }
    expect(
      template.ofType('AWS::SQS::Queue').every(({ reference }) => reference.startsWith(`${PLACE.endpoint}/`)),
    ).toBe(true);
  });

  it('ties methods to the resources of the API and to functions', () => {
    const method = template
      .ofType('AWS::ApiGateway::Method')
      .find(({ properties }) => properties.HttpMethod === 'POST');
    const [api] = template.ofType('AWS::ApiGateway::RestApi');
    expect(template.ofType('AWS::ApiGateway::Resource').map(({ reference }) => reference)).toContain(
      method?.properties.ResourceId,
    );
    expect(method?.properties).toMatchObject({
      RestApiId: api?.reference,
      Integration: { Uri: expect.stringContaining(':function:ai-multi-comms-channel-router-dev:live/invocations') },
    });
  });
});

import { existsSync } from 'node:fs';
import { loadStack } from '../../../../tools/embedded-aws/template/load-stack';
import { RESOURCE_TYPES } from '../../../../tools/embedded-aws/template/resource-types';
import { PLACE, loadResources } from './written-assembly';

describe('the table of resource types', () => {
  /** Whatever a name or attribute of some type may be formed from. */
  const PROPERTIES = { FunctionName: 'worker', Name: 'name', TopicArn: 'arn:topic', SecretId: 'arn:secret', RestApiId: 'api', Type: 'String', Value: 'INFO' };

  it.each(Object.entries(RESOURCE_TYPES))('%s is said to run or to need no effect, and every name of it can be formed', (type, { reason, attributes = {} }) => {
    expect(reason).toMatch(/\w+ \w+/);
    const Outputs = Object.fromEntries(Object.keys(attributes).map((name) => [name, { Value: { 'Fn::GetAtt': ['It', name] } }]));
    const template = loadResources({ It: { Type: type, Properties: PROPERTIES }, ...outputHolders(Outputs) });
    const { name, reference, arn = 'arn:' } = template.byLogicalId('It');
    const formed = [name, reference, arn, ...template.ofType('AWS::SSM::Parameter').map(({ properties }) => String(properties.Value))];
    expect(formed.filter((text) => text === '' || /[{}]|undefined/.test(text))).toEqual([]);
    expect(arn).toMatch(/^arn:/);
  });

  function outputHolders(outputs: Readonly<Record<string, { readonly Value: unknown }>>): object {
    return Object.fromEntries(Object.entries(outputs).map(([name, { Value }]) => [`Holder${name}`, { Type: 'AWS::SSM::Parameter', Properties: { Name: name, Value } }]));
  }
});

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
    expect(template.ofType('AWS::SQS::Queue').every(({ reference }) => reference.startsWith(`${PLACE.endpoint}/`))).toBe(true);
  });

  it('ties methods to the resources of the API and to functions', () => {
    const method = template.ofType('AWS::ApiGateway::Method').find(({ properties }) => properties.HttpMethod === 'POST');
    const [api] = template.ofType('AWS::ApiGateway::RestApi');
    expect(template.ofType('AWS::ApiGateway::Resource').map(({ reference }) => reference)).toContain(method?.properties.ResourceId);
    expect(method?.properties).toMatchObject({ RestApiId: api?.reference, Integration: { Uri: expect.stringContaining(':function:ai-multi-comms-channel-router-dev:live/invocations') } });
  });
});

import { RESOURCE_TYPES } from '../../../../tools/embedded-aws/template/resource-types';
import { loadResources } from './written-assembly';

describe('the table of resource types', () => {
  /** Whatever a name or attribute of some type may be formed from. */
  const PROPERTIES = {
    FunctionName: 'worker',
    Name: 'name',
    TopicArn: 'arn:topic',
    SecretId: 'arn:secret',
    RestApiId: 'api',
    Type: 'String',
    Value: 'INFO',
  };

  it.each(Object.entries(RESOURCE_TYPES))(
    '%s is said to run or to need no effect, and every name of it can be formed',
    (type, { reason, attributes = {} }) => {
      expect(reason).toMatch(/\w+ \w+/);
      const Outputs = Object.fromEntries(
        Object.keys(attributes).map((name) => [name, { Value: { 'Fn::GetAtt': ['It', name] } }]),
      );
      const template = loadResources({ It: { Type: type, Properties: PROPERTIES }, ...outputHolders(Outputs) });
      const { name, reference, arn = 'arn:' } = template.byLogicalId('It');
      const formed = [
        name,
        reference,
        arn,
        ...template.ofType('AWS::SSM::Parameter').map(({ properties }) => String(properties.Value)),
      ];
      expect(formed.filter((text) => text === '' || /[{}]|undefined/.test(text))).toEqual([]);
      expect(arn).toMatch(/^arn:/);
    },
  );

  function outputHolders(outputs: Readonly<Record<string, { readonly Value: unknown }>>): object {
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { Value }]) => [
        `Holder${name}`,
        { Type: 'AWS::SSM::Parameter', Properties: { Name: name, Value } },
      ]),
    );
  }
});

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadStack } from '../../../../tools/embedded-aws/template/load-stack';
import type { StackTemplate } from '../../../../tools/embedded-aws/template/stack-template';
import { PLACE, loadResources, loadTemplate, temporaryFolder, writeAssembly } from './written-assembly';

const QUEUE = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } };
const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:orders';

/** What a value is resolved to, as the property of a parameter beside a queue named Orders. */
function resolved(value: unknown, template: object = {}): unknown {
  const Resources = {
    Orders: QUEUE,
    Holder: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/holder', Value: value } },
  };
  return loadTemplate({ ...template, Resources }).byLogicalId('Holder').properties.Value;
}

describe('a stack is loaded', () => {
  it('with the names, references and ARNs that AWS would give', () => {
    const template = loadResources({
      Orders: QUEUE,
      Unnamed: { Type: 'AWS::SQS::Queue' },
      Alerts: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } },
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'a/b' } },
      Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'worker', Path: '/engine/' } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: { Name: 'live', FunctionName: `arn:aws:lambda:eu-west-1:111122223333:function:worker` },
      },
    });
    const identities = template.resources.map(({ name, reference, arn }) => [name, reference, arn]);
    expect(identities).toEqual([
      ['orders', 'http://127.0.0.1:4566/111122223333/orders', QUEUE_ARN],
      [
        expect.stringMatching(/^sample-dev-Unnamed-[A-Z0-9]{12}$/),
        expect.stringContaining('/sample-dev-Unnamed-'),
        expect.stringContaining(':sample-dev-Unnamed-'),
      ],
      ['alerts', 'arn:aws:sns:eu-west-1:111122223333:alerts', 'arn:aws:sns:eu-west-1:111122223333:alerts'],
      [
        'a/b',
        expect.stringMatching(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:a\/b-[A-Za-z0-9]{6}$/),
        expect.stringContaining(':secret:a/b-'),
      ],
      ['worker', 'worker', 'arn:aws:iam::111122223333:role/engine/worker'],
      [
        'live',
        'arn:aws:lambda:eu-west-1:111122223333:function:worker:live',
        'arn:aws:lambda:eu-west-1:111122223333:function:worker:live',
      ],
    ]);
  });

  it('the same in each run, and answers by type and logical id', () => {
    const names = (template: StackTemplate) => template.resources.map(({ reference }) => reference);
    const [one, other] = [
      loadResources({ A: { Type: 'AWS::SQS::Queue' } }),
      loadResources({ A: { Type: 'AWS::SQS::Queue' } }),
    ];
    expect(names(one)).toEqual(names(other));
    expect(one.ofType('AWS::SQS::Queue')).toEqual([one.byLogicalId('A')]);
    expect(one.ofType('AWS::SNS::Topic')).toEqual([]);
    expect(() => one.byLogicalId('B')).toThrow('The stack sample-dev has no resource B.');
  });

  it('by artifact id too, in nested assemblies, for the account and region that it was synthesised for', () => {
    const nested = writeAssembly({ Resources: { Orders: QUEUE } }, { environment: 'aws://444455556666/us-gov-west-1' });
    const outer = temporaryFolder();
    symlinkSync(nested, join(outer, 'assembly-dev'));
    writeFileSync(
      join(outer, 'manifest.json'),
      JSON.stringify({
        artifacts: { dev: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-dev' } } },
      }),
    );
    const template = loadStack(outer, 'sample', PLACE);
    expect(template).toMatchObject({ stackName: 'sample-dev', account: '444455556666', region: 'us-gov-west-1' });
    expect(template.byLogicalId('Orders').arn).toBe('arn:aws-us-gov:sqs:us-gov-west-1:444455556666:orders');
  });

  it('without resources and outputs whose condition is false, and not if something refers to one', () => {
    const Conditions = {
      Never: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'mars'] },
      Always: { 'Fn::Not': [{ Condition: 'Never' }] },
    };
    const Outputs = { Yes: { Value: { Ref: 'Orders' }, Condition: 'Always' }, No: { Value: 'x', Condition: 'Never' } };
    const Resources = { Orders: QUEUE, Absent: { ...QUEUE, Condition: 'Never' } };
    const template = loadTemplate({ Conditions, Outputs, Resources });
    expect(template.resources.map(({ logicalId }) => logicalId)).toEqual(['Orders']);
    expect(template.outputs).toEqual({ Yes: 'http://127.0.0.1:4566/111122223333/orders' });
    expect(() => loadTemplate({ Conditions, Resources, Outputs: { No: { Value: { Ref: 'Absent' } } } })).toThrow(
      'Absent is referred to, but its condition Never is false.',
    );
    expect(() => loadResources({ Orders: { ...QUEUE, Condition: 'Unknown' } })).toThrow(
      'The condition Unknown is used, but the template has none of that name.',
    );
  });
});

describe('an intrinsic is resolved', () => {
  const text = 'arn:aws:sqs:eu-west-1:111122223333:orders';
  it.each<[string, unknown, unknown]>([
    ['Ref of a pseudo parameter', { Ref: 'AWS::Partition' }, 'aws'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Orders', 'Arn'] }, text],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Orders.QueueName' }, 'orders'],
    ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::Region' }, 3]] }, 'a/eu-west-1/3'],
    ['Fn::Sub', { 'Fn::Sub': '${Orders.Arn}/${AWS::StackName}/${!kept}' }, `${text}/sample-dev/\${kept}`],
    [
      'Fn::Sub with variables',
      { 'Fn::Sub': ['${one}-${Orders.QueueName}', { one: { Ref: 'AWS::AccountId' } }] },
      '111122223333-orders',
    ],
    [
      'Fn::Select of Fn::Split',
      { 'Fn::Select': ['5', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Orders', 'Arn'] }] }] },
      'orders',
    ],
    ['Fn::If', { 'Fn::If': ['Here', 'yes', 'no'] }, 'yes'],
    ['Fn::If within Fn::If', { 'Fn::If': ['There', 'yes', { 'Fn::If': ['Either', 'either', 'none'] }] }, 'either'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Levels', { Ref: 'AWS::Region' }, 'level'] }, 'INFO'],
    ['Fn::Base64', { 'Fn::Base64': { Ref: 'AWS::Region' } }, 'ZXUtd2VzdC0x'],
    ['a parameter with a default', { Ref: 'Stage' }, 'dev'],
    ['a list parameter', { Ref: 'Origins' }, ['a', 'b']],
    [
      'AWS::NoValue in an object and a list',
      { kept: [{ Ref: 'AWS::NoValue' }, 1], left: { Ref: 'AWS::NoValue' } },
      { kept: [1] },
    ],
    ['numbers, booleans and null as they are', [1, true, null], [1, true, null]],
    ['two keys that only look like one', { 'Ref': 'x', 'Fn::Join': 'y' }, { 'Ref': 'x', 'Fn::Join': 'y' }],
  ])('%s', (_name, value, expected) => {
    expect(
      resolved(value, {
        Parameters: {
          Stage: { Type: 'String', Default: 'dev' },
          Origins: { Type: 'CommaDelimitedList', Default: 'a, b' },
        },
        Mappings: { Levels: { 'eu-west-1': { level: 'INFO' } } },
        Conditions: {
          Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
          There: { 'Fn::And': [{ Condition: 'Here' }, { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }] },
          Either: { 'Fn::Or': [{ Condition: 'Here' }, { Condition: 'There' }] },
        },
      }),
    ).toEqual(expected);
  });
});

describe('what cannot be resolved is an error that names it', () => {
  const faults: ReadonlyArray<readonly [string, unknown, string, object?]> = [
    ['an unknown intrinsic', { 'Fn::GetAZs': '' }, 'Holder (AWS::SSM::Parameter).Value uses Fn::GetAZs'],
    ['an intrinsic deep inside', [{ a: { 'Fn::Cidr': [] } }], 'Holder (AWS::SSM::Parameter).Value[0].a uses Fn::Cidr'],
    ["another stack's value", { 'Fn::ImportValue': 'other' }, 'Value imports "other" from another stack'],
    [
      'an unknown reference',
      { Ref: 'Absent' },
      'Absent is referred to, but the template has no parameter or resource of that name',
    ],
    [
      'an unknown attribute',
      { 'Fn::GetAtt': ['Orders', 'Colour'] },
      'The attribute Colour of Orders (AWS::SQS::Queue)',
    ],
    [
      'a secret in the template',
      '{{resolve:secretsmanager:a:SecretString}}',
      'holds {{resolve:secretsmanager:a:SecretString}}',
    ],
    ['one put together', { 'Fn::Join': ['', ['{{resolve:ssm:', 'a}}']] }, 'holds {{resolve:ssm:a}}'],
    [
      'a parameter without default',
      { Ref: 'Bare' },
      'The parameter Bare has no default',
      { Parameters: { Bare: { Type: 'String' } } },
    ],
    [
      'a parameter from Systems Manager',
      { Ref: 'Stored' },
      'The parameter Stored takes its value from Systems Manager',
      { Parameters: { Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' } } },
    ],
    ["a map's missing key", { 'Fn::FindInMap': ['Levels', 'a', 'b'] }, 'Fn::FindInMap asks for Levels.a.b'],
    ['a list too short', { 'Fn::Select': [2, ['a']] }, 'selects entry 2 of a list that has none there'],
    ['no list', { 'Fn::Join': 'x' }, 'needs a list where it has "x"'],
    ['no text', { 'Fn::Join': ['', [{}]] }, 'needs a text where it has {}'],
    ['a faulty Fn::If', { 'Fn::If': ['A', 'b'] }, 'needs a condition and two values'],
    [
      'a condition that is none',
      { 'Fn::If': ['Odd', 'a', 'b'] },
      'Conditions.Odd is not a condition',
      { Conditions: { Odd: 'yes' } },
    ],
    [
      'no list of conditions',
      { 'Fn::If': ['Odd', 'a', 'b'] },
      'needs a list of conditions',
      { Conditions: { Odd: { 'Fn::Not': 'x' } } },
    ],
    [
      'conditions in a circle',
      { 'Fn::If': ['A', 'b', 'c'] },
      'in a circle: Conditions.A → Conditions.B → Conditions.A',
      {
        Conditions: { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } },
      },
    ],
  ];
  it.each(faults.map(([name, value, sentence, template]) => ({ name, value, sentence, template })))(
    '$name',
    ({ value, sentence, template }) => {
      expect(() => resolved(value, template)).toThrow(sentence);
    },
  );

  it('resources in a circle', () => {
    const named = (other: string) => ({
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: { 'Fn::GetAtt': [other, 'QueueName'] } },
    });
    expect(() => loadResources({ A: named('B'), B: named('A') })).toThrow('The template goes in a circle: B → A → B.');
  });

  it('an unknown type, by logical id and type', () => {
    expect(() => loadResources({ Bucket: { Type: 'AWS::S3::Bucket' } })).toThrow(
      'Bucket is of type AWS::S3::Bucket, which the embedded cloud does not know',
    );
  });

  it('a name that lacks a part', () => {
    expect(() => loadResources({ Live: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live' } } })).toThrow(
      'The name of Live (AWS::Lambda::Alias) cannot be formed: it has no property FunctionName.',
    );
  });

  it('a template or assembly that cannot be read', () => {
    expect(() => loadTemplate({})).toThrow(/The template .*sample.template.json cannot be read/);
    expect(() => loadTemplate({ Resources: {}, Transform: 'AWS::Serverless-2016-10-31' })).toThrow(
      'asks for the transform "AWS::Serverless-2016-10-31"',
    );
    const folder = writeAssembly({ Resources: {} });
    expect(() => loadStack(folder, 'sample-prod', PLACE)).toThrow(
      `Finding the stack sample-prod failed: it is not in ${folder}, which has sample-dev.`,
    );
    expect(() => loadStack(join(folder, 'asset.code'), 'sample-dev', PLACE)).toThrow(
      'is not a cloud assembly: it has no manifest.json',
    );
  });
});

describe('the code of a function', () => {
  const codeOf = (resource: object): string => {
    const template = loadResources({
      Worker: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: { S3Bucket: 'assets', S3Key: 'code.zip' } },
        ...resource,
      },
    });
    return template.codeFolder(template.byLogicalId('Worker'));
  };

  it('lies in the folder of its asset, found by key or by CDK\'s metadata', () => {
    expect(codeOf({})).toMatch(/written-assembly-.*\/asset\.code$/);
    expect(codeOf({ Properties: {}, Metadata: { 'aws:asset:path': 'asset.code' } })).toMatch(
      /written-assembly-.*\/asset\.code$/,
    );
  });

  it('is refused outside the assembly, by whatever way, for that was not bundled', () => {
    expect(() => codeOf({ Metadata: { 'aws:asset:path': '..' } })).toThrow('is outside the assembly');
    expect(() => codeOf({ Metadata: { 'aws:asset:path': tmpdir() } })).toThrow('is outside the assembly');
    const folder = writeAssembly({
      Resources: { Worker: { Type: 'AWS::Lambda::Function', Metadata: { 'aws:asset:path': 'link' } } },
    });
    const outside = temporaryFolder();
    mkdirSync(join(outside, 'src'));
    symlinkSync(outside, join(folder, 'link'));
    const template = loadStack(folder, 'sample-dev', PLACE);
    expect(() => template.codeFolder(template.byLogicalId('Worker'))).toThrow('The code of Worker is expected in');
  });

  it('is refused where it is missing, a file, or inline', () => {
    expect(() => codeOf({ Metadata: { 'aws:asset:path': 'asset.absent' } })).toThrow('the folder does not exist');
    expect(() => codeOf({ Metadata: { 'aws:asset:path': 'manifest.json' } })).toThrow('that is a file');
    expect(() => codeOf({ Properties: { Code: { ZipFile: 'exports.handler = 1' } } })).toThrow(
      'The code of Worker is in no asset of the assembly',
    );
    expect(() => codeOf({ Properties: { Code: { S3Key: 'other.zip' } } })).toThrow(
      'The code of Worker is in no asset of the assembly',
    );
  });
});

import { resourcesOf, templateOf } from './template';

const template = templateOf('dev');
const [[topicId, topic] = []] = Object.entries(resourcesOf(template, 'AWS::SNS::Topic'));
const statements = Object.values(resourcesOf(template, 'AWS::SNS::TopicPolicy')).flatMap(
  ({ Properties }) => Properties.PolicyDocument.Statement,
);
const key = template.Resources[topic?.Properties.KmsMasterKeyId['Fn::GetAtt'][0]];
const OUR_ALARMS = {
  StringEquals: { 'aws:SourceAccount': '123456789012' },
  ArnLike: {
    'aws:SourceArn': {
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':cloudwatch:eu-west-2:123456789012:alarm:ai-multi-comms-*'],
      ],
    },
  },
};

test('the topic has the name that operators know', () => {
  expect(topic?.Properties.TopicName).toBe('ai-multi-comms-critical-alerts-dev');
});

test('the topic refuses to publish without TLS, by whomever', () => {
  expect(statements).toContainEqual(
    expect.objectContaining({
      Effect: 'Deny',
      Principal: '*',
      Action: 'sns:Publish',
      Resource: { Ref: topicId },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
});

test('only the alarms of this account and product may publish', () => {
  expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
    expect.objectContaining({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: { Ref: topicId },
      Condition: OUR_ALARMS,
    }),
  ]);
});

test('the topic is encrypted by a key that rotates and that the alarms may use', () => {
  expect(key?.Type).toBe('AWS::KMS::Key');
  expect(key?.Properties.EnableKeyRotation).toBe(true);
  expect(key?.Properties.KeyPolicy.Statement).toContainEqual(
    expect.objectContaining({
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: OUR_ALARMS,
    }),
  );
});

test('alarms are sent by e-mail where the stage names an address, and only there', () => {
  expect(resourcesOf(template, 'AWS::SNS::Subscription')).toEqual({});
  const subscribed = templateOf('an address for alerts');
  expect(
    Object.values(resourcesOf(subscribed, 'AWS::SNS::Subscription')).map(({ Properties }) => [
      Properties.Protocol,
      Properties.Endpoint,
    ]),
  ).toEqual([['email', 'on-call@example.com']]);
});

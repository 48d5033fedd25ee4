import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { PRODUCT, resourceNames } from '../core/names';
import type { StageSettings } from './stages';

const CLOUDWATCH = new ServicePrincipal('cloudwatch.amazonaws.com');

/**
 * The topic to which every alarm of the stage reports: encrypted, closed to calls without TLS.
 *
 * Its key is our own because CloudWatch may not use the one that AWS manages for SNS: alarms would fail to publish,
 * and notify nobody. For the same reason both policies name CloudWatch: a topic with a policy of its own loses the
 * default one, which would have let alarms in.
 */
export class AlertsTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, stage: StageSettings) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Encrypts what the alarms of ${PRODUCT} ${stage.name} say`,
      enableKeyRotation: true,
      removalPolicy: stage.guarded ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.topic = new Topic(this, 'Topic', {
      topicName: resourceNames(stage.name).alertsTopic,
      masterKey: key,
      enforceSSL: true,
    });
    const conditions = onlyOurAlarms(this);
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsUseTheKey',
        principals: [CLOUDWATCH],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions,
      }),
    );
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [CLOUDWATCH],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions,
      }),
    );
    if (stage.alertEmail) this.topic.addSubscription(new EmailSubscription(stage.alertEmail));
  }
}

function onlyOurAlarms(scope: Construct) {
  const stack = Stack.of(scope);
  const arn = stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: `${PRODUCT}-*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': arn } };
}

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StageSettings } from './stages';

/** SQS keeps a message no longer. */
export const LONGEST_RETENTION = Duration.days(14);

/**
 * A standard queue, encrypted at rest by SQS's own key (free; a message holds no personal data) and closed to calls
 * without TLS.
 */
export function protectedQueue(
  scope: Construct,
  id: string,
  stage: StageSettings,
  props: QueueProps & { readonly queueName: string },
): Queue {
  return new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: stage.guarded ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    ...props,
  });
}

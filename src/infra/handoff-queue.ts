import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { resourceNames } from '../core/names';
import { acknowledge } from './acknowledge';
import { LONGEST_RETENTION, protectedQueue } from './protected-queue';
import type { StageSettings } from './stages';

/** What a person has to see. */
export function handoffQueue(scope: Construct, stage: StageSettings): Queue {
  const queue = protectedQueue(scope, 'HandoffQueue', stage, {
    queueName: resourceNames(stage.name).handoffQueue,
    retentionPeriod: LONGEST_RETENTION,
  });
  acknowledge(queue, {
    SQS3:
      'People take from it at their pace, so no message is received in vain again and again; what waits ' +
      'too long raises an alarm.',
  });
  return queue;
}

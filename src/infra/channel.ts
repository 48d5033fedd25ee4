import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Channel } from '../core/channel';
import { CHANNEL_DEFINITIONS } from '../core/channel';
import { TIMES } from '../core/lifecycle/limits';
import { resourceNames } from '../core/names';
import { QUEUE_RECEIVES } from '../core/queue-policy';
import { ENV_VARS } from '../core/env-vars';
import { vendorUrlVariable } from '../core/ports/vendor';
import { EmailChannelProcessorFunction } from '../handlers/email-channel-processor-function';
import { SmsChannelProcessorFunction } from '../handlers/sms-channel-processor-function';
import { WhatsappChannelProcessorFunction } from '../handlers/whatsapp-channel-processor-function';
import type { HandlerConstruct } from './engine-lambda';
import { EngineLambda } from './engine-lambda';
import { processorPermissions } from './processor-permissions';
import { LONGEST_RETENTION, protectedQueue } from './protected-queue';
import type { Records } from './records';
import type { StageSettings } from './stages';

const HANDLERS: Readonly<Record<Channel, HandlerConstruct>> = {
  whatsapp: WhatsappChannelProcessorFunction,
  sms: SmsChannelProcessorFunction,
  email: EmailChannelProcessorFunction,
};

/** As long as a worker may hold a record, so that none outlives its lease. */
const PROCESSOR_SECONDS = TIMES.lease / 1000;

export interface EngineChannelProps {
  readonly stage: StageSettings;
  readonly channel: Channel;
  readonly records: Records;
  readonly handoff: Queue;
  /** Takes the replies that tests play. */
  readonly turns: Queue;
  /** Public base URL of the API, where vendors tell what became of a message. */
  readonly receiptsUrl: string;
}

/** One channel: its queue, its dead letters, its processor and the way between them. */
export class EngineChannel extends Construct {
  readonly channel: Channel;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly processor: EngineLambda;

  constructor(scope: Construct, id: string, props: EngineChannelProps) {
    super(scope, id);
    const { stage, channel, records, handoff, turns, receiptsUrl } = props;
    this.channel = channel;
    const names = resourceNames(stage.name);
    const { vendor } = CHANNEL_DEFINITIONS[channel];
    this.deadLetters = protectedQueue(this, 'DeadLetters', stage, {
      queueName: names.deadLetterQueue(channel),
      retentionPeriod: LONGEST_RETENTION,
    });
    this.queue = protectedQueue(this, 'Queue', stage, {
      queueName: names.queue(channel),
      // Lambda's own advice for queues; a redelivery meets no worker that may still be at it.
      visibilityTimeout: Duration.seconds(6 * PROCESSOR_SECONDS),
      // A dead letter keeps the age it had: it must have days left to be looked at.
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: QUEUE_RECEIVES },
    });
    this.processor = new EngineLambda(this, 'Processor', {
      stage,
      records,
      handler: HANDLERS[channel],
      functionName: names.processor(channel),
      timeoutSeconds: PROCESSOR_SECONDS,
      variables: {
        [ENV_VARS.queueUrls]: JSON.stringify({ [channel]: this.queue.queueUrl }),
        [ENV_VARS.handoffQueueUrl]: handoff.queueUrl,
        [ENV_VARS.turnQueueUrl]: turns.queueUrl,
        [vendorUrlVariable(vendor)]: stage.vendors[vendor],
        [ENV_VARS.openaiUrl]: stage.vendors.openai,
        [ENV_VARS.receiptsUrl]: receiptsUrl,
      },
      permissions: processorPermissions({ ...props, scope: this, queue: this.queue }),
    });
    this.processor.live.addEventSource(new SqsEventSource(this.queue, {
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: stage.processorConcurrency,
    }));
  }
}

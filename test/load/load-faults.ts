import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CHANNELS } from '../../src/core/channel';
import type { Channel } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import type { FaultMode } from '../../tools/vendor-simulators/fault-mode';
import type { Random } from '../support/random';

/**
 * What a vendor does wrong, each as likely as the others. Silence is left out: it only makes every worker wait its ten
 * seconds.
 */
const FAULT_MODES: readonly FaultMode[] = [
  'rate-limit',
  'server-error',
  'html-page',
  'reset',
  'accepted-then-reset',
  'accepted-then-cut',
  'accepted-then-html',
  'accepted-then-server-error',
];

const names = resourceNames(LOCAL_STAGE);
const VICTIMS = [names.router, names.vendorWebhooks, ...CHANNELS.map((channel) => names.processor(channel))];

/** Outside calls of a function until its process is killed at the next one; an invocation makes about this many. */
const LATEST_CALL = 30;
/** Milliseconds by which the kill is sure to come before the call goes on. */
const DYING = 30;

export interface FaultCounts {
  readonly vendorErrors: number;
  readonly kills: number;
  readonly queueDuplicates: number;
}

/** Breaks what can break while requests come in. */
export class LoadFaults {
  readonly counts = { vendorErrors: 0, kills: 0, queueDuplicates: 0 };
  private readonly queues: SQSClient;
  private readonly urls = new Map<Channel, string>();

  constructor(private readonly stage: LocalStage, private readonly random: Random) {
    const { accessKeyId, secretAccessKey } = stage.cloud.services.administratorCredentials;
    this.queues = new SQSClient({
      endpoint: stage.cloud.awsEndpoint,
      region: stage.cloud.template.region,
      credentials: { accessKeyId, secretAccessKey },
    });
    for (const { name, reference } of stage.cloud.template.ofType('AWS::SQS::Queue')) {
      const channel = CHANNELS.find((candidate) => names.queue(candidate) === name);
      if (channel) this.urls.set(channel, reference);
    }
  }

  /** The next send on this channel that the vendor finds in order shows a fault mode. */
  breakVendor(channel: Channel): void {
    const behaviour = { kind: 'fault', mode: this.random.pick(FAULT_MODES) } as const;
    if (channel === 'email') this.stage.vendors.sendgrid.next(behaviour);
    else this.stage.vendors.twilio.next(behaviour);
    this.counts.vendorErrors += 1;
  }

  /**
   * SIGKILL to the process that works some function's next invocation, before or after the effect of one of its outside
   * calls.
   */
  kill(victims: readonly string[] = VICTIMS): void {
    const functionName = this.random.pick(victims);
    let calls = this.random.below(LATEST_CALL);
    const afterEffect = this.random.chance(0.5);
    let strike: () => void = () => undefined;
    const moment = new Promise<void>((resolve) => { strike = resolve; });
    const hit = async (calledBy: string) => {
      if (calledBy !== functionName) return 'pass';
      calls -= 1;
      if (calls >= 0) return 'pass';
      strike();
      forget();
      await setTimeout(DYING);
      return 'drop-response';
    };
    const forget = this.stage.cloud.services.intercept({
      ...(afterEffect
        ? {}
        : { beforeCall: async ({ caller }) => hit(caller.kind === 'function' ? caller.functionName : '') }),
      ...(afterEffect
        ? { afterCall: async ({ caller }) => hit(caller.kind === 'function' ? caller.functionName : '') }
        : {}),
    });
    void this.stage.cloud.functions.killDuringInvocation(functionName, moment).then(() => { this.counts.kills += 1; });
  }

  /** The queue delivers a message twice. */
  async doubleQueueMessage(channel: Channel, conversationId: string): Promise<void> {
    await this.queues.send(
      new SendMessageCommand({
        QueueUrl: this.urls.get(channel),
        MessageBody: conversationId,
        MessageGroupId: 'duplicates',
      }),
    );
    this.counts.queueDuplicates += 1;
  }

  /** By the run's chance, from 0 to below `limit`. */
  below(limit: number): number {
    return this.random.below(limit);
  }

  stop(): void {
    this.queues.destroy();
  }
}

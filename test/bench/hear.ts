import { setTimeout } from 'node:timers/promises';
import { BatchWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { threadItemKeys } from '../../src/records/item-keys';
import { postRequest } from '../../tools/local-stage/api-client';
import { loadRequest } from '../load/load-client';
import { startFailingReceiver } from '../load/replies/failing-receiver';
import { subscribe } from '../load/replies/subscribe';
import { Random } from '../support/random';
import type { BenchStage } from './bench-stage';
import { names, openBenchStage } from './bench-stage';
import { sum } from './figures';
import type { Observed } from './message-run';
import { deliveries, observe, ownCalls, until } from './message-run';

const CHANNEL = 'sms';
/** Items that DynamoDB takes at once. */
const BATCH = 25;
const FUNCTIONS = {
  webhooks: names.vendorWebhooks,
  turns: names.conversationTurns,
  publisher: names.eventPublisher,
  deliveries: names.eventDeliveries,
};

const chatShape = z.object({
  company_id: z.string(), channel_method: z.literal(CHANNEL), primary_channel: z.string(), conversation_id: z.string(),
});

/** A stage whose people answer. */
export interface HearingStage {
  readonly stage: BenchStage;
  readonly hearing: Hearing;
  /** By the event's identifier: milliseconds from a change to the endpoint that takes its event. */
  readonly arrivals: Map<string, number>;
  stop(): Promise<void>;
}

/** On the embedded cloud, with an endpoint that takes every event. */
export async function openHearingStage(assemblyFolder: string): Promise<HearingStage> {
  const stage = await openBenchStage({ assemblyFolder, expectsAnswers: true, receipts: false });
  const arrivals = new Map<string, number>();
  const receiver = await startFailingReceiver(new Random(1), 0, ({ id, type, timestamp }) => {
    if (type === 'conversation.answered') arrivals.set(id, Date.now() - Date.parse(timestamp));
  });
  await subscribe(stage, receiver);
  return {
    stage,
    hearing: new Hearing(stage, () => arrivals.size),
    arrivals,
    stop: async () => {
      await receiver.stop();
      await stage.stop();
    },
  };
}

/** Calls of AWS and units of one reply, by function. */
export interface ReplyCounts {
  readonly title: string;
  readonly calls: number;
  readonly reads: number;
  readonly writes: number;
}

export function countsAReply(stage: BenchStage, seen: Observed, people: number): readonly ReplyCounts[] {
  return Object.entries(FUNCTIONS).map(([title, name]) => {
    const { logicalId } = stage.cloud.functions.definitionOf(name);
    const own = ownCalls(seen).filter(({ caller }) => caller === logicalId);
    const each = (figure: (one: (typeof own)[number]) => number) => sum(own.map(figure)) / people;
    return {
      title, calls: each(({ calls }) => calls), reads: each(({ readUnits }) => readUnits),
      writes: each(({ writeUnits }) => writeUnits),
    };
  });
}

/** Asks people, and lets them answer. */
export class Hearing {
  private asked = 0;
  private readonly requests = new Map<string, string>();

  constructor(private readonly stage: BenchStage, private readonly told: () => number) {}

  /** The vendor's identifiers of questions that arrived. */
  async ask(people: number): Promise<readonly string[]> {
    const { stage } = this;
    const before = stage.vendors.twilio.deliveries().length;
    const arrived = deliveries(stage, CHANNEL, people);
    for (let index = 0; index < people; index += 1) {
      this.asked += 1;
      const { body, requestId, mark } = loadRequest(CHANNEL, this.asked);
      this.requests.set(mark, requestId);
      const { status } = await postRequest(stage.url, stage.apiKey, body);
      if (status !== 200) {
        throw new Error(`A request of the benchmark was answered ${status}. Look into .local/bench/logs.`);
      }
    }
    await arrived();
    // The line of ours joins the thread behind the message.
    await setTimeout(1_000);
    return stage.vendors.twilio.deliveries().slice(before).map(({ vendorMessageId }) => vendorMessageId);
  }

  /** Until all is read and told. */
  async reply(questions: readonly string[], atOnce: number): Promise<Observed> {
    const { stage } = this;
    const told = this.told();
    return observe(stage, async () => {
      const waiting = questions.values();
      const texts = ['I was on leave then. I could start on 3 March 2027.'];
      await Promise.all(Array.from({ length: atOnce }, async () => {
        for (const question of waiting) await stage.vendors.twilio.reply(question, { texts });
      }));
      await until(() => this.told() - told >= questions.length, 'the answers to be told', questions.length);
      for (const name of Object.values(FUNCTIONS)) {
        await until(() => stage.meter.invocationsOf(name) === 0, `${name} to end`);
      }
    });
  }

  /** Puts so many older lines into the thread of a question. */
  async lengthen(question: string, lines: number): Promise<void> {
    const { tables, vendors } = this.stage;
    const delivery = vendors.twilio.deliveries().find(({ vendorMessageId }) => vendorMessageId === question);
    const requestId = this.requests.get(/post \d{6}/.exec(delivery?.text ?? '')?.[0] ?? '') ?? '';
    const record = await this.stage.conversation(requestId);
    const keys = threadItemKeys(threadIdOf(chatShape.parse(record)));
    const now = Date.now();
    for (let from = 0; from < lines; from += BATCH) {
      const items = Array.from({ length: BATCH }, (_none, index) => ({
        ...keys.message(2 + from + index),
        role: index % 2 === 0 ? 'user' : 'assistant',
        message_id: `older-${from + index}`,
        timestamp: new Date(now - (lines - from - index) * 1000).toISOString(),
        content: 'A message of an earlier time.',
        reply_to: 'an-earlier-conversation',
        time_to_live: Math.floor(now / 1000) + 86_400,
      }));
      await tables.send(new BatchWriteCommand({
        RequestItems: { [names.conversationTable]: items.map((Item) => ({ PutRequest: { Item } })) },
      }));
    }
    await tables.send(new UpdateCommand({
      TableName: names.conversationTable,
      Key: { ...keys.thread },
      UpdateExpression: 'SET message_sequence = :last, #sequence = :last, handled_until = :last',
      ExpressionAttributeNames: { '#sequence': 'sequence' },
      ExpressionAttributeValues: { ':last': lines + 1 },
    }));
  }
}

import { setTimeout } from 'node:timers/promises';
import { BatchWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { momentOf } from '../../src/events/positions';
import { threadItemKeys } from '../../src/records/item-keys';
import { postRequest } from '../../tools/local-stage/api-client';
import { loadRequest } from '../load/load-client';
import { startFailingReceiver } from '../load/replies/failing-receiver';
import { loggedItems } from '../load/replies/settle-replies';
import { subscribe } from '../load/replies/subscribe';
import { Random } from '../support/random';
import type { BenchStage } from './bench-stage';
import { names, openBenchStage } from './bench-stage';
import { quantile, readable, readableSpread, spread, sum } from './figures';
import type { Observed } from './message-run';
import { cpuOf, deliveries, observe, ownCalls, reportsOf, until } from './message-run';
import type { BenchContext, Section } from './section';

const CHANNEL = 'sms';
/** Lines of two threads whose turns are compared: one turn reads the newest 41 at most. */
const LONG = 10_000;
const SHORT = 50;
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

/** One reply: its acceptance, the turn that reads it, and the event that tells of it, on the embedded cloud, warm. */
export async function benchHearing({ assemblyFolder, isQuick, onProgress }: BenchContext): Promise<Section> {
  const [warmUp, rounds, replies] = isQuick ? [40, 1, 40] : [400, 5, 100];
  const stage = await openBenchStage({ assemblyFolder, expectsAnswers: true, receipts: false });
  const arrivals = new Map<string, number>();
  const receiver = await startFailingReceiver(new Random(1), 0, ({ id, type, timestamp }) => {
    if (type === 'conversation.answered') arrivals.set(id, Date.now() - Date.parse(timestamp));
  });
  try {
    await subscribe(stage, receiver);
    const hearing = new Hearing(stage, () => arrivals.size);
    onProgress('Hearing: warming up …');
    await hearing.reply(await hearing.ask(warmUp), 4);
    arrivals.clear();
    const acceptance: number[] = [];
    const turn: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      onProgress(`Hearing: round ${round + 1} of ${rounds}`);
      const seen = await hearing.reply(await hearing.ask(replies), 4);
      acceptance.push(...cpuOf(reportsOf(seen, names.vendorWebhooks)));
      turn.push(...cpuOf(reportsOf(seen, names.conversationTurns)));
    }
    const waits = [...arrivals.values()];
    const published = await publicationWaits(stage, new Set(arrivals.keys()));
    onProgress('Hearing: one reply at a time, then in a thread of 10,000 messages');
    const alone = await hearing.reply(await hearing.ask(10), 1);
    const inThreadOf = async (lines: number) => {
      const [question = ''] = await hearing.ask(1);
      await hearing.lengthen(question, lines);
      return hearing.reply([question], 1);
    };
    const [inShort, inLong] = [await inThreadOf(SHORT), await inThreadOf(LONG)];
    return sectionOf({ stage, acceptance, turn, published, waits, alone, inShort, inLong, rounds, replies });
  } finally {
    await receiver.stop();
    await stage.stop();
  }
}

/** Milliseconds from each change to the moment at which its event was written, which its position holds. */
async function publicationWaits(stage: BenchStage, ids: ReadonlySet<string>): Promise<readonly number[]> {
  const items = await loggedItems(stage);
  return items.filter(({ event_id: id }) => ids.has(String(id))).map(({ item_key: position, timestamp }) => (
    momentOf(String(position)) - Date.parse(String(timestamp))
  ));
}

/** Asks people, and lets them answer. */
class Hearing {
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

interface Measured {
  readonly stage: BenchStage;
  readonly acceptance: readonly number[];
  readonly turn: readonly number[];
  readonly published: readonly number[];
  readonly waits: readonly number[];
  readonly alone: Observed;
  readonly inShort: Observed;
  readonly inLong: Observed;
  readonly rounds: number;
  readonly replies: number;
}

function sectionOf(measured: Measured): Section {
  const { stage, acceptance, turn, published, waits, alone, inShort, inLong, rounds, replies } = measured;
  const count = (seen: Observed, people: number) => Object.entries(FUNCTIONS).map(([title, name]) => {
    const { logicalId } = stage.cloud.functions.definitionOf(name);
    const own = ownCalls(seen).filter(({ caller }) => caller === logicalId);
    const each = (figure: (one: (typeof own)[number]) => number) => sum(own.map(figure)) / people;
    return {
      title, calls: each(({ calls }) => calls), reads: each(({ readUnits }) => readUnits),
      writes: each(({ writeUnits }) => writeUnits),
    };
  });
  const row = (title: string, values: readonly number[]) => (
    [title, readableSpread(spread(values)), readable(quantile(values, 0.95))]
  );
  const one = count(alone, 10);
  const [ofShort, ofLong] = [inShort, inLong].map((seen) => count(seen, 1).find(({ title }) => title === 'turns'));
  return {
    name: 'hearing',
    title: 'Hearing a reply',
    notes: [
      `One reply by SMS that gives both answers: ${rounds} rounds of ${replies} people, four at once. CPU is of the `
      + "function's own process. An event is told from the moment of its change until the client's endpoint has it.",
      `In a thread of ${LONG.toLocaleString('en-GB')} messages the turn makes ${readable(ofLong?.calls ?? 0)} calls, `
      + `${readable(ofLong?.reads ?? 0)} read and ${readable(ofLong?.writes ?? 0)} write units; in one of ${SHORT} `
      + `${readable(ofShort?.calls ?? 0)}, ${readable(ofShort?.reads ?? 0)} and ${readable(ofShort?.writes ?? 0)}.`,
    ],
    tables: [
      {
        title: 'Time and CPU of a reply',
        columns: ['', 'median (quartiles)', 'p95'],
        rows: [
          row('acceptance of an inbound message, CPU ms', acceptance),
          row('turn, CPU ms', turn),
          row('from the change to its event, ms', published),
          row('from the change to the endpoint, ms', waits),
        ],
      },
      {
        title: 'Calls and units of a reply, one at a time',
        columns: ['function', 'calls', 'read units', 'write units'],
        rows: one.map(({ title, calls, reads, writes }) => [title, readable(calls), readable(reads), readable(writes)]),
      },
    ],
    figures: {
      inboundCpuMilliseconds: spread(acceptance).median,
      turnCpuMilliseconds: spread(turn).median,
      eventMilliseconds: quantile(published, 0.95),
      endpointMilliseconds: quantile(waits, 0.95),
      longThreadCalls: (ofLong?.calls ?? 0) / (ofShort?.calls ?? 1),
      longThreadReadUnits: (ofLong?.reads ?? 0) / (ofShort?.reads ?? 1),
      writeUnitsAReply: sum(one.map(({ writes }) => writes)),
    },
  };
}

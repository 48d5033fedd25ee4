import type { Channel } from '../../src/core/channel';
import { CHANNELS } from '../../src/core/channel';
import type { BenchStage } from './bench-stage';
import { names } from './bench-stage';
import { sum } from './figures';
import { ownCalls, RECEIPTS, sendMessages } from './message-run';

/** What one message asks of AWS, from the request to its last receipt. */
export interface MessageCounts {
  readonly channel: Channel;
  /** Calls of router and processor, by service. */
  readonly callsByService: Readonly<Record<string, number>>;
  readonly calls: number;
  /** Calls of the receipts' function. */
  readonly receiptCalls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Write units by function; `events`: what is published of the message, which may fall into the next one's time. */
  readonly writeUnitsBy: Readonly<Record<'router' | 'processor' | 'webhooks' | 'events', number>>;
  /**
   * What router and processor write, Lambda's own lines included; then what the receipts' function writes, and the
   * API's access log.
   */
  readonly logBytes: { readonly path: number; readonly receipts: number; readonly access: number };
}

/** Counts one message of each channel, all functions warm: one at a time, so that batches hide nothing. */
export async function countMessages(stage: BenchStage, messages: number): Promise<readonly MessageCounts[]> {
  const counts: MessageCounts[] = [];
  for (const channel of CHANNELS) {
    await sendMessages(stage, { messages: 3, channel, clients: 1 }, RECEIPTS[channel]);
    counts.push(await countChannel(stage, channel, messages));
  }
  return counts;
}

async function countChannel(stage: BenchStage, channel: Channel, messages: number): Promise<MessageCounts> {
  const pathLogs = [names.router, names.processor(channel)];
  const before = stage.meter.bytesByOrigin();
  const seen = await sendMessages(stage, { messages, channel, clients: 1 }, RECEIPTS[channel]);
  const after = stage.meter.bytesByOrigin();
  const calls = ownCalls(seen);
  const written = (origins: readonly string[]) =>
    sum(origins.map((origin) => (after.get(origin) ?? 0) - (before.get(origin) ?? 0))) / messages;
  const by = (functionName: string) =>
    calls.filter(({ caller }) => caller === stage.cloud.functions.definitionOf(functionName).logicalId);
  const units = (functionName: string) => sum(by(functionName).map(({ writeUnits }) => writeUnits)) / messages;
  const path = pathLogs.flatMap(by);
  const services = [...new Set(path.map(({ service }) => service))];
  const functions = new Set(stage.cloud.functions.definitions.map(({ name }) => name));
  return {
    channel,
    callsByService: Object.fromEntries(
      services.map((service) => [
        service,
        sum(path.filter((count) => count.service === service).map((count) => count.calls)) / messages,
      ]),
    ),
    calls: sum(path.map((count) => count.calls)) / messages,
    receiptCalls: sum(by(names.vendorWebhooks).map((count) => count.calls)) / messages,
    readUnits: sum(calls.map(({ readUnits }) => readUnits)) / messages,
    writeUnits: sum(calls.map(({ writeUnits }) => writeUnits)) / messages,
    writeUnitsBy: {
      router: units(names.router),
      processor: units(names.processor(channel)),
      webhooks: units(names.vendorWebhooks),
      events: units(names.eventPublisher) + units(names.eventDeliveries),
    },
    logBytes: {
      path: written(pathLogs),
      receipts: written([names.vendorWebhooks]),
      access: written([...after.keys()].filter((origin) => !functions.has(origin))),
    },
  };
}

import type { Delivery } from './delivery';
import type { RequestGate } from './loopback-server';
import type { OpenAiSimulator } from './openai-responses/openai-simulator';
import { SIMULATED_MODELS, startOpenAiSimulator } from './openai-responses/openai-simulator';
import type { Scheduler } from './scheduler';
import { timerScheduler } from './scheduler';
import type { SendGridSimulator } from './sendgrid-mail/sendgrid-simulator';
import { startSendGridSimulator } from './sendgrid-mail/sendgrid-simulator';
import type { TwilioSimulator } from './twilio-messages/twilio-simulator';
import { startTwilioSimulator } from './twilio-messages/twilio-simulator';

export interface VendorOptions {
  /** Decides when receipts come. Default: real time. */
  readonly scheduler?: Scheduler;
  /** Milliseconds since 1970-01-01T00:00Z. Default: the machine's clock. */
  readonly now?: () => number;
  /** Milliseconds between one receipt and the next. Default 50. */
  readonly receiptDelayMilliseconds?: number;
  /** Milliseconds that the simulated model takes. Default 0. */
  readonly modelDelayMilliseconds?: number;
  /** Models that the simulated OpenAI offers. Default: SIMULATED_MODELS. */
  readonly models?: readonly string[];
  /** Sees each request to a vendor before and after its effect. */
  readonly gate?: RequestGate;
  /** Fixed ports. Default: free ones. */
  readonly ports?: { readonly openai?: number; readonly twilio?: number; readonly sendgrid?: number };
}

/** The simulated vendors, reachable on 127.0.0.1 only. */
export interface Vendors {
  readonly openai: OpenAiSimulator;
  readonly twilio: TwilioSimulator;
  readonly sendgrid: SendGridSimulator;
  /** All messages that a vendor took, as their recipients read them, in the order in which they were taken. */
  deliveries(): readonly Delivery[];
  stop(): Promise<void>;
}

const DEFAULT_RECEIPT_DELAY_MILLISECONDS = 50;

export async function startVendors(options: VendorOptions = {}): Promise<Vendors> {
  const {
    scheduler = timerScheduler(),
    now = () => Date.now(),
    ports = {},
    models = SIMULATED_MODELS,
    modelDelayMilliseconds = 0,
  } = options;
  const gate = options.gate && { gate: options.gate };
  const common = {
    scheduler,
    now,
    receiptDelayMilliseconds: options.receiptDelayMilliseconds ?? DEFAULT_RECEIPT_DELAY_MILLISECONDS,
  };
  const openai = await startOpenAiSimulator({
    now,
    models,
    delayMilliseconds: modelDelayMilliseconds,
    port: ports.openai ?? 0,
    ...gate,
  });
  const twilio = await startTwilioSimulator({ ...common, port: ports.twilio ?? 0, ...gate });
  const sendgrid = await startSendGridSimulator({ ...common, port: ports.sendgrid ?? 0, ...gate });
  return {
    openai,
    twilio,
    sendgrid,
    deliveries: () =>
      [...twilio.deliveries(), ...sendgrid.deliveries()].sort((left, right) => left.acceptedAt - right.acceptedAt),
    stop: async () => {
      scheduler.stop();
      await Promise.all([openai.stop(), twilio.stop(), sendgrid.stop()]);
    },
  };
}

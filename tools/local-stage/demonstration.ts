import { randomUUID } from 'node:crypto';
import { timestamp } from '../../src/core/ports/clock';
import type { Delivery } from '../vendor-simulators/delivery';
import { awaitDelivery, awaitOutcome } from './await-status';
import type { LocalStage } from './local-stage';
import { postRequest } from './api-client';
import type { ApiAnswer } from './api-client';
import type { SampleChannel } from './sample/requests';
import { SAMPLE_CHANNELS, sampleRequest } from './sample/requests';
import { showRepair } from './show-repair';
import type { Palette, Print } from './terminal';
import { frame } from './terminal';

const WIDTH = 92;

/**
 * Sends one message a channel, one whose first words are refused and repaired, and three requests that must be refused.
 * Answers what differed from what was announced,
 * as sentences.
 */
export async function demonstrate(stage: LocalStage, print: Print, colours: Palette): Promise<readonly string[]> {
  const differences: string[] = [];
  const expect = (holds: boolean, difference: string) => {
    if (!holds) differences.push(difference);
  };
  for (const channel of SAMPLE_CHANNELS) await showMessage(stage, channel, { print, colours, expect });
  await showRepair(stage, print, colours, expect);
  for (const refusal of refusals(stage)) await showRefusal(refusal, { print, colours, expect });
  return differences;
}

interface Page {
  readonly print: Print;
  readonly colours: Palette;
  readonly expect: (holds: boolean, difference: string) => void;
}

async function showMessage(stage: LocalStage, channel: SampleChannel, { print, colours, expect }: Page): Promise<void> {
  const requestId = randomUUID();
  print(`\n${colours.bold(`A message by ${channel}`)}`);
  const answer = await postRequest(stage.url, stage.apiKey, sampleRequest(channel, requestId, timestamp(Date.now())));
  print(
    `  POST /initiate-conversation → ${answer.status} ${String(answer.body.status)}, conversation `
      + `${String(answer.body.conversation_id)}`,
  );
  expect(
    answer.status === 200,
    `The request by ${channel} was answered with ${answer.status} ${JSON.stringify(answer.body)} instead of 200.`,
  );
  if (answer.status !== 200) return;

  const record = await awaitOutcome(stage, requestId);
  const status = String(record.conversation_status);
  expect(
    status === 'initial_message_sent',
    `The message by ${channel} ended as ${status} (${String(record.failure_reason)}) instead of initial_message_sent.`,
  );
  const delivery = stage.vendors
    .deliveries()
    .find(({ vendorMessageId }) => vendorMessageId === record.vendor_message_id);
  expect(
    delivery !== undefined,
    `The vendor's simulator holds no message by ${channel} under the identifier in the record.`,
  );
  if (delivery) showDelivery(delivery, print);
  showWay(record, print, colours);
  if (!delivery) return;
  await showReceipts(stage, requestId, { print, colours, expect }, channel);
}

/** What the vendor reported afterwards, by its webhook. */
async function showReceipts(
  stage: LocalStage,
  requestId: string,
  { print, expect }: Page,
  channel: SampleChannel,
): Promise<void> {
  const final = channel === 'whatsapp' ? 'read' : 'delivered';
  const reported = await awaitDelivery(stage, requestId, final);
  print(`  the vendor's receipts: ${reported}`);
  expect(reported === final, `The receipts of the message by ${channel} say ${reported} instead of ${final}.`);
}

function showDelivery(delivery: Delivery, print: Print): void {
  const heading = `${delivery.channel} · from ${delivery.from} to ${delivery.to}`;
  const text = delivery.subject === undefined ? delivery.text : `Subject: ${delivery.subject}\n\n${delivery.text}`;
  for (const line of frame(heading, text, WIDTH)) print(`  ${line}`);
}

/** The states with the time of each, counted from the first. */
function showWay(record: Readonly<Record<string, unknown>>, print: Print, colours: Palette): void {
  const history: readonly unknown[] = Array.isArray(record.history) ? record.history : [];
  let start: number | undefined;
  const steps = history.flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null || !('status' in entry) || !('at' in entry)) return [];
    const at = Date.parse(String(entry.at));
    start ??= at;
    return [`${String(entry.status)} ${colours.dim(`+${at - start} ms`)}`];
  });
  print(`  ${steps.join(' → ')}`);
}

interface ExpectedRefusal {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly post: () => Promise<ApiAnswer>;
}

function refusals(stage: LocalStage): readonly ExpectedRefusal[] {
  const request = () => sampleRequest('whatsapp', randomUUID(), timestamp(Date.now()));
  return [
    {
      title: 'a wrong key',
      status: 403,
      code: 'FORBIDDEN',
      post: async () => postRequest(stage.url, 'no-such-key-no-such-key', request()),
    },
    {
      title: 'no consent',
      status: 403,
      code: 'CONSENT_REQUIRED',
      post: async () => {
        const { recipient_data: recipient, ...rest } = request();
        return postRequest(stage.url, stage.apiKey, {
          ...rest,
          recipient_data: { ...recipient, comms_consent: false },
        });
      },
    },
    {
      title: 'a faulty body',
      status: 400,
      code: 'INVALID_REQUEST_ID',
      post: async () => {
        const { recipient_data: recipient, request_data: data, ...rest } = request();
        const faulty = {
          recipient_data: { ...recipient, recipient_tel: '07700 900210' },
          request_data: { ...data, request_id: 'first' },
        };
        return postRequest(stage.url, stage.apiKey, { ...rest, ...faulty });
      },
    },
  ];
}

async function showRefusal(
  { title, status, code, post }: ExpectedRefusal,
  { print, colours, expect }: Page,
): Promise<void> {
  const answer = await post();
  print(`\n${colours.bold(`Refused: ${title}`)}`);
  print(`  ${answer.status} ${String(answer.body.error_code)}: ${String(answer.body.message)}`);
  const details: readonly unknown[] = Array.isArray(answer.body.details) ? answer.body.details : [];
  for (const fault of details) {
    if (typeof fault === 'object' && fault !== null && 'path' in fault && 'message' in fault) {
      print(`    ${String(fault.path)}: ${String(fault.message)}`);
    }
  }
  expect(
    answer.status === status && answer.body.error_code === code,
    `The request with ${title} was answered with ${answer.status} ${String(answer.body.error_code)} instead of `
      + `${status} ${code}.`,
  );
}

import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest } from '../../tools/local-stage/api-client';
import type { RequestGate, VendorAnswer } from '../../tools/vendor-simulators/loopback-server';
import type { LoadRequest } from '../load/load-client';
import { loadRequest } from '../load/load-client';
import { settleAll } from '../load/settle-all';
import type { MovableClock } from '../support/movable-clock';
import { movableClock } from '../support/movable-clock';
import { startStage } from './local-stage-of-tests';

/** When the process dies: the call has had no effect yet, or it has and the process never learns it. */
type Phase = 'before' | 'after';
/** Hears each call of the processor to the outside; true: its process has just been killed. */
type Watch = (operation: string, phase: Phase) => Promise<boolean>;

const names = resourceNames(LOCAL_STAGE);
const CLAIM = 'the claim of the send';
const VENDOR = 'vendor POST';
/** Milliseconds that a killed process takes to be gone. */
const DYING = 25;
const LONGEST = 25_000;

describe('a processor that is killed at any of its calls to the outside', () => {
  let stage: LocalStage;
  let clock: MovableClock;
  const watches = new Map<Channel, Watch>();
  let index = 0;

  beforeAll(async () => {
    clock = movableClock('.local/test-kills');
    stage = await startStage('kills', { gate }, { functionEnvironment: clock.environment, runsSchedules: false });
    for (const channel of ['sms', 'whatsapp', 'email'] as const) {
      const ours = (caller: { readonly kind: string; readonly functionName?: string }) =>
        caller.kind === 'function' && caller.functionName === names.processor(channel);
      const tell = async (operation: string, phase: Phase) => (await watches.get(channel)?.(operation, phase)) ?? false;
      stage.cloud.services.intercept({
        beforeCall: async ({ caller, service, operation }) =>
          ours(caller) && (await tell(`${service} ${operation}`, 'before')) ? 'drop-response' : 'pass',
        afterCall: async ({ caller, service, operation }) =>
          ours(caller) && (await tell(`${service} ${operation}`, 'after')) ? 'drop-response' : 'pass',
      });
    }
  });
  afterAll(async () => {
    await stage.stop();
    clock.restore();
  });

  /** Which channel asks is told by what is asked: only the processor of the message at hand is at work. */
  const gate: RequestGate = async (request, answer): Promise<VendorAnswer> => {
    if (request.method !== 'POST') return answer();
    const operation = request.url.pathname.endsWith('/responses') ? 'model POST' : VENDOR;
    const watch = watches.get(channelOf(request.body));
    if (await watch?.(operation, 'before')) return { kind: 'reset' };
    const answered = await answer();
    return (await watch?.(operation, 'after')) ? { kind: 'reset' } : answered;
  };

  const post = async (channel: Channel): Promise<LoadRequest> => {
    const request = loadRequest(channel, index++);
    expect(await postRequest(stage.url, stage.apiKey, request.body)).toMatchObject({ status: 200 });
    return request;
  };

  /** The calls that one message makes in a process that has just started, each with its count. */
  const callsOf = async (channel: Channel): Promise<readonly string[]> => {
    const calls: string[] = [];
    watches.set(channel, counted(async (call, phase) => {
      if (phase === 'before') calls.push(call);
      return false;
    }));
    const { requestId } = await post(channel);
    await until(async () => (await stage.conversation(requestId))?.conversation_status === 'initial_message_sent');
    await until(async () => stage.cloud.reports(names.processor(channel)).length > 0);
    stage.cloud.functions.kill(names.processor(channel));
    return calls;
  };

  /** Posts one message whose process dies at this call. */
  const killAt = async (channel: Channel, call: string, phase: Phase): Promise<LoadRequest> => {
    let strike: () => void = () => undefined;
    const killed = stage.cloud.functions.killDuringInvocation(
      names.processor(channel),
      new Promise<void>((resolve) => {
        strike = resolve;
      }),
    );
    watches.set(channel, counted(async (made, when) => {
      if (made !== call || when !== phase) return false;
      strike();
      await killed;
      await setTimeout(DYING);
      return true;
    }));
    const request = await post(channel);
    const late = setTimeout(LONGEST, undefined, { ref: false }).then(() => {
      throw new Error(`No processor by ${channel} came to ${phase} ${call}.`);
    });
    await Promise.race([killed, late]);
    return request;
  };

  test('leaves a message that is sent once, or unconfirmed where the vendor never had it', async () => {
    const channels = [['sms', 'before'], ['whatsapp', 'after'], ['email', 'after']] as const;
    const struck = (await Promise.all(channels.map(async ([channel, phase]) => {
      const calls = await callsOf(channel);
      expect(calls).toEqual(expect.arrayContaining(['model POST #1', `${VENDOR} #1`, 'dynamodb UpdateItem #3']));
      const made = [];
      for (const call of channel === 'email' ? [`${VENDOR} #1`] : calls) {
        made.push({ call: nameOf(call), phase, request: await killAt(channel, call, phase) });
      }
      return made;
    }))).flat();
    watches.clear();

    await settleAll(stage, clock, () => undefined, 800);
    const ends = await Promise.all(struck.map(async ({ call, phase, request: { requestId, mark } }) => ({
      killed: `${phase} ${call}`,
      status: (await stage.conversation(requestId))?.conversation_status,
      taken: stage.vendors.deliveries().filter(({ text }) => text.includes(mark)).length,
    })));
    const unconfirmed = [`before ${VENDOR} #1`, `after ${CLAIM}`];
    expect(ends).toEqual(ends.map(({ killed }) => (unconfirmed.includes(killed)
      ? { killed, status: 'send_unconfirmed', taken: 0 }
      : { killed, status: 'initial_message_sent', taken: 1 })));
    expect(stage.cloud.reports().filter(({ status }) => status === 'crash')).toHaveLength(struck.length);
    expect(ends.length).toBeGreaterThan(20);
  });
});

/** The second update is the claim: the lease, the words frozen and their send claimed, the vendor's answer. */
function nameOf(call: string): string {
  return call === 'dynamodb UpdateItem #2' ? CLAIM : call;
}

/** Gives each call its count. */
function counted(watch: Watch): Watch {
  const counts = new Map<string, number>();
  return async (operation, phase) => {
    const key = `${phase} ${operation}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return watch(`${operation} #${count}`, phase);
  };
}

/** The sample's own wording of each channel tells them apart. */
/** The model is told the channel in its instructions; vendors are asked in their own forms. */
function channelOf(body: string): Channel {
  const told = /The message goes by ([^.]+)\./.exec(body)?.[1];
  if (told !== undefined) return told === 'e-mail' ? 'email' : told === 'WhatsApp' ? 'whatsapp' : 'sms';
  if (body.includes('personalizations')) return 'email';
  return body.includes('whatsapp') || body.includes('ContentSid') ? 'whatsapp' : 'sms';
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + LONGEST;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('What was waited for did not come to pass.');
    await setTimeout(20);
  }
}

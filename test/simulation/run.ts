import type { Mutation } from './mutation';
import type { Plan } from './plan';
import { RECIPIENTS, World } from './world';

export interface RunResult {
  readonly violations: readonly string[];
  /** By conversation: how it ended. */
  readonly endings: readonly string[];
  readonly told: readonly string[];
  readonly events: number;
}

/** Events after which a run counts as never coming to rest; a long one takes a few hundred. */
const EVENTS = 6000;

/** Runs one plan until everything has come to rest. */
export async function runPlan(
  plan: Plan,
  options: { readonly mutation?: Mutation; readonly tells?: boolean } = {},
): Promise<RunResult> {
  const world = new World(plan, options.tells ?? false, options.mutation);
  const { machine, judge, records, vendor, queue } = world;
  for (const { number, recipient, at, repeats } of plan.requests) {
    for (const moment of [at, ...repeats]) machine.after(moment * 1000, () => world.post(number, recipient));
  }
  for (const { request, at } of plan.clients.cancels) machine.after(at * 1000, () => world.cancel(request));
  for (const { recipient, at } of plan.optOuts) machine.after(at * 1000, () => world.optOut(recipient));
  for (const { recipient, at } of plan.asks?.replies ?? []) {
    machine.after(at * 1000, () => world.reply(recipient));
  }
  if (!(await machine.run(EVENTS))) judge.blame(`the run did not come to rest within ${EVENTS} events`);
  judge.end({
    plan,
    records: records.all(),
    answered: world.answered,
    accepted: vendor.accepted,
    silentLookups: vendor.silentLookups,
    handedOff: world.handedOff,
    decided: world.decided,
    resolved: world.resolved,
    cancelled: world.cancelled,
    losses: machine.losses,
    usage: world.limits.of({ company: 'brightpath', project: 'cv-review' }),
    refusedAsOptedOut: world.refusedAsOptedOut,
    queueLeft: queue.left(),
    queueBodies: queue.bodies,
    addresses: RECIPIENTS.flatMap(({ recipient_tel: telephone, recipient_email: email }) => [telephone, email]),
  });
  return {
    violations: judge.violations,
    endings: records.all().map((record) => record.conversation_status),
    told: machine.told,
    events: machine.events,
  };
}

import { processMessage } from '../../src/processor/process-message';
import type { ProcessingOutcome, ProcessorPorts } from '../../src/processor/processing';
import type { Delivery } from './fake-queue';
import { aroundOutsideCalls } from './outside-calls';
import type { Around } from './outside-calls';
import type { ProcessorWorld } from './processor-world';

/** What becomes of one call to the outside, counted over all workers of a run from 0. */
export interface Fault {
  readonly call: number;
  readonly when: 'before' | 'after';
  /** `die`: the process is gone and runs no further line. `throw`: only the call fails. */
  readonly manner: 'die' | 'throw';
}

/** A source of faults that counts calls over all workers. */
export function faults(planned: readonly Fault[]) {
  const calls: string[] = [];
  return {
    calls,
    next: (name: string): Fault | undefined => {
      calls.push(name);
      return planned.find((fault) => fault.call === calls.length - 1);
    },
  };
}

/**
 * Lets one worker process one delivery as its function would, up to the worker's death, and treats the queue message as
 * the handler does.
 */
export async function workDelivery(
  world: ProcessorWorld,
  ports: ProcessorPorts,
  delivery: Delivery,
  next: (name: string) => Fault | undefined,
) {
  let die = (): void => undefined;
  const death = new Promise<'dead'>((resolve) => {
    die = () => resolve('dead');
  });
  const around: Around = async (name, call) => {
    const fault = next(name);
    if (fault?.when === 'before') await strike(fault, die);
    const value = await call();
    if (fault?.when === 'after') await strike(fault, die);
    return value;
  };
  const work = processMessage(delivery, aroundOutsideCalls(ports, around), world.settings).catch(
    () => 'failed' as const,
  );
  conclude(world, delivery, await Promise.race([work, death]));
}

async function strike(fault: Fault, die: () => void): Promise<void> {
  if (fault.manner === 'throw') throw new Error('The call failed.');
  die();
  await new Promise(() => undefined);
}

function conclude(world: ProcessorWorld, delivery: Delivery, outcome: ProcessingOutcome | 'failed' | 'dead'): void {
  if (typeof outcome === 'string') return;
  if (outcome.outcome === 'done') world.queue.remove(delivery.entryId);
  else if (outcome.outcome === 'retry') world.queue.hold(delivery.entryId, outcome.afterSeconds);
}

/** Redelivers until the queue is empty; time moves to the next message. */
export async function settle(
  world: ProcessorWorld,
  ports: ProcessorPorts,
  next: (name: string) => Fault | undefined = () => undefined,
): Promise<void> {
  for (let deliveries = 0; deliveries < 200; deliveries += 1) {
    const moment = world.queue.nextVisibleAt();
    if (moment === undefined) return;
    world.clock.advanceTo(moment);
    const delivery = world.queue.receive();
    if (delivery) await workDelivery(world, ports, delivery, next);
  }
  throw new Error('The message did not come to rest within 200 deliveries.');
}

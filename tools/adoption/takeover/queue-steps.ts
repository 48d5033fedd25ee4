import { z } from 'zod';
import type { NamedQueue } from './operations';
import type { Step } from './step';
import type { TakeoverPlan } from './takeover-plan';

const mappingNotes = z.record(z.string(), z.object({
  functionName: z.string(), sourceArn: z.string(), batchSize: z.number().optional(),
  batchingSeconds: z.number().optional(),
  responseTypes: z.array(z.string()), isEnabled: z.boolean(),
}));

/** Looks at which all queues have to be empty, one after the other: SQS's counts come late. */
const EMPTY_LOOKS = 3;

type QueueStep = 'archive' | 'drain' | 'stop' | 'deleteMappings';

export function archiveSteps(plan: TakeoverPlan): Readonly<Record<QueueStep, Step>> {
  return {
    archive: archiveStep(plan), drain: drainStep(plan), stop: stopStep(plan), deleteMappings: deleteMappingsStep(plan),
  };
}

/** Queues whose messages an old function processes. */
function consumed({ environment: { queues, mappings } }: TakeoverPlan): readonly NamedQueue[] {
  return queues.filter(({ name }) => mappings.some(({ source }) => source === name));
}

function unconsumed(plan: TakeoverPlan): readonly NamedQueue[] {
  const others = consumed(plan);
  return plan.environment.queues.filter((queue) => !others.includes(queue));
}

async function depths(plan: TakeoverPlan, queues: readonly NamedQueue[]): Promise<readonly string[]> {
  const counted = await Promise.all(
    queues.map(async (queue) => ({ queue, depth: await plan.operations.depth(queue) })));
  return counted.filter(({ depth }) => depth > 0).map(({ queue: { name }, depth }) => `${name} holds ${depth}`);
}

function archiveStep(plan: TakeoverPlan): Step {
  const { operations, archivesMessages } = plan;
  return {
    id: 'archive',
    title: 'Move the messages that no old function will process to the archive',
    undoTitle: 'sends them to their queues again',
    blocker: async () => {
      if (archivesMessages) return undefined;
      const held = await depths(plan, unconsumed(plan));
      if (held.length === 0) return undefined;
      return `${held.join(', ')}, and no old function will process them: to try dead letters again now, run `
        + '`aws sqs start-message-move-task --source-arn <queue>` and wait; '
        + 'to keep the rest in the archive, run this command with --archive-messages';
    },
    run: async () => {
      for (const queue of unconsumed(plan)) {
        await operations.archive(queue);
        await plan.renew();
      }
      const counts = await operations.archived();
      return counts.size === 0 ? 'there are none' : [...counts].map(([name, count]) => `${name}: ${count}`).join(', ');
    },
    undo: async () => {
      let sent = 0;
      for (const queue of unconsumed(plan)) sent += await operations.resend(queue);
      return `${sent} messages`;
    },
  };
}

function drainStep(plan: TakeoverPlan): Step {
  const { operations, drainPause, drainMinutes, log } = plan;
  return {
    id: 'drain',
    title: 'Wait until the old functions have processed every message',
    run: async () => {
      const until = operations.now() + drainMinutes * 60_000;
      let held = await depths(plan, plan.environment.queues);
      for (let empty = 0; empty < EMPTY_LOOKS;) {
        empty = held.length === 0 ? empty + 1 : 0;
        if (empty === EMPTY_LOOKS) break;
        if (held.length > 0) log(`waiting: ${held.join(', ')}`);
        if (held.length > 0 && operations.now() > until) {
          throw new Error(`after ${drainMinutes} minutes ${held.join(', ')}: look at the old functions' errors, `
            + 'or undo the archive step to move dead letters that came meanwhile');
        }
        await operations.pause(drainPause);
        await plan.renew();
        held = await depths(plan, plan.environment.queues);
      }
      return `all queues were empty ${EMPTY_LOOKS} times`;
    },
  };
}

function stopStep(plan: TakeoverPlan): Step {
  const { environment, operations } = plan;
  return {
    id: 'stop',
    title: 'Disable the old functions\' event source mappings',
    undoTitle: 'enables them',
    prepare: async () => readMappings(plan),
    run: async () => {
      for (const { id } of environment.mappings) {
        if (await operations.mapping(id)) {
          await operations.switchMapping(
            id, false);
        }
      }
      const held = await depths(plan, environment.queues);
      if (held.length > 0) {
        throw new Error(
          `${held.join(', ')} after all: undo this step and the drain, and repeat them`);
      }
      return `${environment.mappings.length} mappings`;
    },
    undo: async (notes) => {
      for (const [id, { isEnabled }] of Object.entries(mappingNotes.parse(notes))) {
        if (isEnabled && await operations.mapping(id)) await operations.switchMapping(id, true);
      }
      return '';
    },
  };
}

async function readMappings({ environment, operations }: TakeoverPlan) {
  const entries = await Promise.all(
    environment.mappings.map(async ({ id }) => [id, await operations.mapping(id)] as const));
  return Object.fromEntries(entries.filter(([, settings]) => settings !== undefined));
}

/** The new engine's stack is about to own these queues: an old function on them would take its messages. */
function deleteMappingsStep(plan: TakeoverPlan): Step {
  const { environment, operations } = plan;
  return {
    id: 'mappings',
    title: 'Delete the old functions\' event source mappings',
    undoTitle: 'creates them again, as they were before they were disabled',
    prepare: async () => readMappings(plan),
    run: async () => {
      for (const { id } of environment.mappings) await operations.deleteMapping(id);
      return `${environment.mappings.length} mappings`;
    },
    undo: async (notes) => {
      const before = mappingNotes.parse(await plan.notesOf('stop'));
      for (const [id, { batchSize, batchingSeconds, ...settings }] of Object.entries(mappingNotes.parse(notes))) {
        if (await operations.mapping(id)) continue;
        // The intake is closed and the queues are empty: a function that runs again finds nothing.
        const isEnabled = before[id]?.isEnabled ?? false;
        await operations.createMapping({ ...settings, batchSize, batchingSeconds, isEnabled });
      }
      return '';
    },
  };
}

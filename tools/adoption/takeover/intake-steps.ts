import { z } from 'zod';
import { resourceNames } from '../../../src/core/names';
import type { Intake } from './operations';
import type { Step } from './step';
import type { TakeoverPlan } from './takeover-plan';

const intakeNotes = z.record(z.string(), z.object({
  stage: z.string(), deploymentId: z.string(),
  methods: z.array(z.object({
    resourceId: z.string(), path: z.string(), httpMethod: z.string(), integration: z.record(z.string(), z.unknown()),
  })),
}));
const keyNotes = z.object({ planId: z.string(), keyIds: z.array(z.string()) });

/** The alias by which the API calls the router. */
const LIVE = 'live';

type IntakeStep = 'close' | 'keys' | 'relay' | 'finish';

export function intakeSteps(plan: TakeoverPlan): Readonly<Record<IntakeStep, Step>> {
  return { close: closeStep(plan), keys: keysStep(plan), relay: relayStep(plan), finish: finishStep(plan) };
}

/** As the APIs were before they were closed. */
async function intakesOf(plan: TakeoverPlan): Promise<ReadonlyMap<string, Intake>> {
  return new Map(Object.entries(intakeNotes.parse(await plan.notesOf('close'))));
}

function closeStep(plan: TakeoverPlan): Step {
  const { environment: { apis }, operations } = plan;
  return {
    id: 'close',
    title: 'Close the old API: every call is answered 503 with Retry-After',
    undoTitle: 'opens it again with the deployment that it had',
    prepare: async () => {
      const entries = await Promise.all(apis.map(async ({ id }) => [id, await operations.intake(id)] as const));
      return Object.fromEntries(entries.filter(([, intake]) => intake !== undefined));
    },
    run: async (notes) => {
      for (const [id, intake] of Object.entries(intakeNotes.parse(notes))) await operations.closeIntake(id, intake);
      return apis.map(({ name }) => name).join(', ');
    },
    undo: async (notes) => {
      for (const [id, intake] of Object.entries(intakeNotes.parse(notes))) await operations.restoreIntake(id, intake);
      return '';
    },
  };
}

function keysStep(plan: TakeoverPlan): Step {
  const { environment: { usagePlans }, operations, stage, log } = plan;
  const keyIds = [...new Set(usagePlans.flatMap((one) => one.keyIds))];
  return {
    id: 'keys',
    title: 'Put the clients\' keys, with their values, into the new usage plan',
    undoTitle: 'takes them out of it',
    prepare: async () => ({ planId: (await plan.stageStack())?.usagePlanId ?? '', keyIds }),
    run: async (notes) => {
      await operations.addKeys(keyNotes.parse(notes).planId, keyIds);
      for (const id of keyIds) {
        log('bind the key to its company before its first call: '
          + `npx projen engine key adopt <company> --project <project> --api-key-id ${id} --stage ${stage}`);
      }
      return `${keyIds.length} keys`;
    },
    undo: async (notes) => {
      await operations.removeKeys(keyNotes.parse(notes).planId, keyNotes.parse(notes).keyIds);
      return '';
    },
  };
}

function relayStep(plan: TakeoverPlan): Step {
  const { environment: { apis }, operations, stage } = plan;
  return {
    id: 'relay',
    title: 'Open the old API again: its calls go to the new engine',
    undoTitle: 'closes it again; what the new engine has accepted, it finishes',
    run: async () => {
      for (const [id, intake] of await intakesOf(plan)) {
        await operations.relayIntake(id, intake, resourceNames(stage).router, LIVE);
      }
      return apis.map(({ id }) => `https://${id}.execute-api.${operations.where.region}.amazonaws.com`).join(', ');
    },
    undo: async () => {
      for (const [id, intake] of await intakesOf(plan)) await operations.closeIntake(id, intake);
      return '';
    },
  };
}

/** Only this step cannot be undone, and it runs only if it was asked for. */
function finishStep(plan: TakeoverPlan): Step {
  const { environment, operations, finishAfterDays } = plan;
  return {
    id: 'finish',
    title: 'Delete what is left of the old environment, once no client calls the old API any more',
    noUndo: 'what it deleted is gone; the backups of the tables stay',
    blocker: async () => {
      if (finishAfterDays === undefined) {
        return 'when every client calls the new address, run this command with --finish-after-days 14';
      }
      const intakes = await intakesOf(plan);
      const called = await Promise.all(environment.apis.map(async ({ id, name }) =>
        ({ name, calls: await operations.callsOf(name, intakes.get(id)?.stage ?? '', finishAfterDays) })));
      const busy = called.filter(({ calls }) => calls > 0);
      if (busy.length === 0) return undefined;
      return `${busy.map(
        ({ name, calls }) => `${name} had ${calls} calls in the last ${finishAfterDays} days`).join(', ')}: `
        + 'ask the clients that still call it to change to the new address, then wait';
    },
    run: async () => plan.deleteOldEnvironment(),
  };
}

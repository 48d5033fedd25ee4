import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CommandError } from './command-error';

/** A stage as the delivery pipeline's typed options in `.projenrc.ts` have it. */
export interface DeliveryStage {
  readonly name: string;
  readonly region: string;
}

const shape = z.object({
  context: z.object({
    delivery: z.object({ stages: z.array(z.object({ name: z.string(), region: z.string() })).min(1) }),
  }),
});

/** The stages in the order in which a change reaches them, from the project's generated `cdk.json`. */
export function deliveryStages(projectFolder: string): readonly DeliveryStage[] {
  try {
    return shape.parse(JSON.parse(readFileSync(join(projectFolder, 'cdk.json'), 'utf8'))).context.delivery.stages;
  } catch (error) {
    throw new CommandError(
      "Reading the stages from cdk.json failed: run the command in the project's folder, after `npx projen`.",
      { cause: error },
    );
  }
}

/**
 * Where an operator's command may work: the pipeline's stages, and what runs on this machine. Undefined outside the
 * project's folder.
 */
export function workingStages(projectFolder: string): readonly string[] | undefined {
  const stages = stagesOrNone(projectFolder).map(({ name }) => name);
  return stages.length > 0 ? [...stages, 'local'] : undefined;
}

/** Undefined for a stage that the pipeline does not know: the shell's region counts then. */
export function regionOf(projectFolder: string, name: string): string | undefined {
  return stagesOrNone(projectFolder).find((stage) => stage.name === name)?.region;
}

function stagesOrNone(projectFolder: string): readonly DeliveryStage[] {
  return existsSync(join(projectFolder, 'cdk.json')) ? deliveryStages(projectFolder) : [];
}

export function deliveryStage(projectFolder: string, name: string): DeliveryStage {
  const stages = deliveryStages(projectFolder);
  const found = stages.find((stage) => stage.name === name);
  if (found) return found;
  throw new CommandError(
    `There is no stage "${name}": take one of ${stages.map((stage) => stage.name).join(', ')}, or add it to `
      + '.projenrc.ts and src/infra/stages.ts and run npx projen.',
  );
}

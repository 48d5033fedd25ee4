import { verifyAndKeep } from '../../../src/operations/companies/verify-and-keep';
import type { LocalStage } from '../local-stage';
import { asOperator } from './as-operator';
import { SAMPLE } from './company';

/** Verifies the sample project as `engine company verify` does, so that the console has something to show. */
export async function verifySample(stage: LocalStage): Promise<void> {
  await asOperator(stage, async (operators) => {
    const record = await operators.companies.find(SAMPLE.companyId, SAMPLE.projectId);
    if (record) await verifyAndKeep(operators, { record, withDryRun: false, by: 'Oskar Lind' });
  });
}

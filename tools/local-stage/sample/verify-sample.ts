import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStage } from '../../../src/cli/stage';
import { cloudPorts } from '../../../src/cli/stage-cloud';
import { verifyAndKeep } from '../../../src/operations/companies/verify-and-keep';
import { writeAccessFile } from '../access-file';
import type { LocalStage } from '../local-stage';
import { SAMPLE } from './company';

/** Verifies the sample project as `engine company verify` does, so that the console has something to show. */
export async function verifySample(stage: LocalStage): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sample-access-'));
  writeAccessFile(folder, stage);
  const operators = openStage('local', folder, async () => Promise.resolve({ cloudPorts }));
  try {
    const record = await operators.companies.find(SAMPLE.companyId, SAMPLE.projectId);
    if (record) await verifyAndKeep(operators, { record, withDryRun: false, by: 'Oskar Lind' });
  } finally {
    operators.close();
    rmSync(folder, { recursive: true });
  }
}

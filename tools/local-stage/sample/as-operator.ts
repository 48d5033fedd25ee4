import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stage } from '../../../src/cli/stage';
import { openStage } from '../../../src/cli/stage';
import { cloudPorts } from '../../../src/cli/stage-cloud';
import { writeAccessFile } from '../access-file';
import type { LocalStage } from '../local-stage';

/** Does something as the operators' commands do it. */
export async function asOperator(stage: LocalStage, work: (operators: Stage) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sample-access-'));
  writeAccessFile(folder, stage);
  const operators = openStage('local', folder, async () => Promise.resolve({ cloudPorts }));
  try {
    await work(operators);
  } finally {
    operators.close();
    rmSync(folder, { recursive: true });
  }
}

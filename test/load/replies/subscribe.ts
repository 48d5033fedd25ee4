import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStage } from '../../../src/cli/stage';
import { cloudPorts } from '../../../src/cli/stage-cloud';
import { addEndpoint } from '../../../src/operations/endpoints/manage-endpoints';
import { writeAccessFile } from '../../../tools/local-stage/access-file';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { SAMPLE } from '../../../tools/local-stage/sample/company';

/** A client's backend: the events of the whole company come to it from now on. */
interface Subscriber {
  readonly url: string;
  trust(secret: string): void;
}

export async function subscribe(stage: LocalStage, receiver: Subscriber): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'load-'));
  const forget = writeAccessFile(folder, stage);
  const operators = openStage('local', folder, async () => Promise.resolve({ cloudPorts }));
  try {
    const added = await addEndpoint(operators, {
      company: SAMPLE.companyId, projects: ['*'], url: receiver.url, include: ['text'], by: 'test',
    });
    if (added.outcome !== 'added') throw new Error(`Adding the endpoint of the sample company failed: ${added.outcome}.`);
    receiver.trust(added.secret);
  } finally {
    operators.close();
    forget();
    rmSync(folder, { recursive: true });
  }
}

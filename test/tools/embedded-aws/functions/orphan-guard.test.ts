import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { writeBootstrapScripts } from '../../../../tools/embedded-aws/functions/bootstrap-scripts';
import { OrphanGuard } from '../../../../tools/embedded-aws/functions/orphan-guard';
import { temporaryFolder, writeCode } from './handmade-stack';

const SOURCES = join(__dirname, '..', '..', '..', '..');

/** Starts an idle function and one that never lets go of its thread, then waits to be killed. */
const PARENT = `
  import { LambdaService } from './tools/embedded-aws/functions/lambda-service';
  import { functionResource, handmadeStack, NO_SERVICES } from './test/tools/embedded-aws/functions/handmade-stack';
  const [folder = '', functionProcess = '', orphanGuard = ''] = process.argv.slice(2);
  const template = handmadeStack([functionResource('Idle'), functionResource('Busy', { Timeout: 60 })], folder);
  const lambda = new LambdaService({
    template, services: NO_SERVICES, vendorEnvironment: {}, scripts: { functionProcess, orphanGuard }, logFolder: folder + '/logs',
  });
  void lambda.invoke('idle', {});
  void lambda.invoke('busy', {});
  setInterval(() => undefined, 1000);
`;

const WRITE_PROCESS_ID = 'require("node:fs").writeFileSync("process-id", String(process.pid));';

describe('processes whose parent has died', () => {
  const folder = temporaryFolder();
  const processIds: number[] = [];
  afterAll(() => {
    for (const processId of processIds) if (isRunning(processId)) process.kill(processId, 'SIGKILL');
    folder.remove();
  });

  test('end by themselves, the one that keeps its thread busy too', async () => {
    writeCode(folder.path, 'Idle', `${WRITE_PROCESS_ID} exports.handler = () => 1;`);
    writeCode(folder.path, 'Busy', `exports.handler = () => { ${WRITE_PROCESS_ID} for (;;); };`);
    const scripts = await writeBootstrapScripts(folder.path);
    const parentScript = join(folder.path, 'parent.cjs');
    await build({
      stdin: { contents: PARENT, resolveDir: SOURCES, loader: 'ts' },
      outfile: parentScript,
      bundle: true,
      platform: 'node',
      logLevel: 'silent',
    });

    const parent = spawn(process.execPath, [parentScript, folder.path, scripts.functionProcess, scripts.orphanGuard], {
      stdio: 'ignore',
    });
    processIds.push(
      ...(await Promise.all(
        ['Idle', 'Busy'].map(async (logicalId) => processIdOf(join(folder.path, logicalId, 'process-id'))),
      )),
    );
    expect(processIds.map(isRunning)).toEqual([true, true]);
    parent.kill('SIGKILL');
    await Promise.all(processIds.map(waitForEnd));
    expect(processIds.map(isRunning)).toEqual([false, false]);
  });

  test('the guard ends with the embedded cloud, and may be stopped twice', async () => {
    const { orphanGuard } = await writeBootstrapScripts(folder.path);
    const guard = new OrphanGuard(orphanGuard);
    await guard.stop();
    await expect(guard.stop()).resolves.toBeUndefined();
  });
});

async function processIdOf(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(10);
  return Number(readFileSync(file, 'utf8'));
}

async function waitForEnd(processId: number): Promise<void> {
  while (isRunning(processId)) await sleep(10);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    // A process whose parent has ended stays listed until its new parent asks for it.
    return !/^State:\s+Z/m.test(
      existsSync(`/proc/${processId}/status`) ? readFileSync(`/proc/${processId}/status`, 'utf8') : '',
    );
  } catch {
    return false;
  }
}

import { randomUUID } from 'node:crypto';
import type { Channel } from '../../src/core/channel';
import type { LocalStage, LocalStageOptions } from '../../tools/local-stage/local-stage';
import { startLocalStage } from '../../tools/local-stage/local-stage';
import { sampleRequest } from '../../tools/local-stage/sample/requests';
import type { VendorOptions } from '../../tools/vendor-simulators/start-vendors';

export const REQUEST_TIME = '2026-11-22T10:00:00Z';

/** A stage of its own for a test file, over the assembly that was synthesised before all tests. */
export async function startStage(
  name: string, vendors?: VendorOptions, options: Pick<LocalStageOptions, 'functionEnvironment' | 'runsSchedules'> = {},
): Promise<LocalStage> {
  const projectFolder = process.cwd();
  return startLocalStage({
    projectFolder,
    assemblyFolder: `${projectFolder}/cdk.out`,
    name: `test-${name}`,
    ...(vendors ? { vendors } : {}),
    ...options,
  });
}

/** A realistic request with a fresh identifier; `change` may replace any section. */
export function request(channel: Channel, change: Readonly<Record<string, unknown>> = {}) {
  const requestId = randomUUID();
  return { requestId, body: { ...sampleRequest(channel, requestId, REQUEST_TIME), ...change } };
}

/** The sample recipient of a channel with other data. */
export function recipient(channel: Channel, change: Readonly<Record<string, unknown>>) {
  return { recipient_data: { ...sampleRequest(channel, randomUUID(), REQUEST_TIME).recipient_data, ...change } };
}

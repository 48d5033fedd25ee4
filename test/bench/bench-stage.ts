import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { CHANNELS } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import { ENV_VARS } from '../../src/core/env-vars';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE, startLocalStage } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { timerScheduler } from '../../tools/vendor-simulators/scheduler';
import { companyItemKey, grantItemKey, usageItemKey } from '../../src/records/item-keys';
import { LogMeter } from './log-meter';
import type { StackVariant } from './variant-assembly';
import { variantAssembly } from './variant-assembly';

export interface BenchStageOptions extends StackVariant {
  readonly assemblyFolder: string;
  readonly modelDelayMilliseconds?: number;
  /** Whether vendors post receipts; a run that is about the way to the vendor goes without them. */
  readonly receipts?: boolean;
  /** Whether templates expect answers; a run that is about the message alone goes without them. */
  readonly expectsAnswers?: boolean;
}

export const names = resourceNames(LOCAL_STAGE);

export interface BenchStage extends LocalStage {
  readonly meter: LogMeter;
}

/** The stack as it is deployed, at the production stage's log level, with every throttle lifted. */
export async function openBenchStage(options: BenchStageOptions): Promise<BenchStage> {
  const meter = new LogMeter();
  const projectFolder = process.cwd();
  const { receipts = true, modelDelayMilliseconds = 0 } = options;
  const scheduler = receipts ? timerScheduler() : { schedule: () => undefined, stop: () => undefined };
  const stage = await startLocalStage({
    projectFolder,
    assemblyFolder: variantAssembly(options.assemblyFolder, join(projectFolder, '.local', 'bench-assembly'), options),
    name: 'bench',
    runsSchedules: false,
    onLogLine: (line) => { meter.hear(line); },
    functionEnvironment: { [ENV_VARS.logLevel]: 'INFO' },
    vendors: { modelDelayMilliseconds, scheduler, receiptDelayMilliseconds: 20 },
  });
  await liftRequestLimit(stage, SAMPLE.companyId, options.expectsAnswers === true);
  return { ...stage, meter };
}

/** Limits are counted all the same, so that a request costs what it costs in production. */
async function liftRequestLimit(stage: LocalStage, companyId: string, expectsAnswers: boolean): Promise<void> {
  const answers = CHANNELS.map((channel) => `channel_config.${channel}.#template.answers`).join(', ');
  await stage.tables.send(new UpdateCommand({
    TableName: names.companyTable,
    Key: { ...companyItemKey(companyId, SAMPLE.projectId) },
    UpdateExpression: 'SET rate_limits.requests_per_minute = :lifted, rate_limits.requests_per_day = :lifted '
      + (expectsAnswers ? '' : `REMOVE ${answers}`),
    ...(expectsAnswers ? {} : { ExpressionAttributeNames: { '#template': 'template' } }),
    ExpressionAttributeValues: { ':lifted': 10_000_000 },
  }));
}

/**
 * No processor works in a run that is about the router alone, so its conversations would stay open until the project's
 * limit is reached.
 */
export async function closeConversations(stage: LocalStage, companyId: string): Promise<void> {
  await stage.tables.send(new UpdateCommand({
    TableName: names.conversationTable,
    Key: { ...usageItemKey(companyId, SAMPLE.projectId) },
    UpdateExpression: 'SET #open = :none',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':none': {} },
  }));
}

/** A second company with the sample's settings and a key of its own; answers the key. */
export async function addCompany(stage: LocalStage, companyId: string): Promise<string> {
  const { Attributes: sample } = await stage.tables.send(new UpdateCommand({
    TableName: names.companyTable,
    Key: { ...companyItemKey(SAMPLE.companyId, SAMPLE.projectId) },
    UpdateExpression: 'SET project_status = project_status',
    ReturnValues: 'ALL_NEW',
  }));
  await stage.tables.send(
    new PutCommand({ TableName: names.companyTable, Item: { ...sample, company_id: companyId } }),
  );
  const key = stage.cloud.createApiKey({ name: `bench-${companyId}` }).value;
  const grant = grantItemKey(createHash('sha256').update(key).digest('hex'));
  const Item = {
    ...grant,
    owner_company_id: companyId,
    project_ids: [SAMPLE.projectId],
    created_at: new Date().toISOString(),
  };
  await stage.tables.send(new PutCommand({ TableName: names.companyTable, Item }));
  return key;
}

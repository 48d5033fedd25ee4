import { dirname } from 'node:path';
import type { AccessKey } from '../services/access-keys';
import type { FunctionDefinition } from './function-definition';

/** What a function's process needs to know of the embedded cloud. */
export interface FunctionSurroundings {
  readonly region: string;
  /** The AWS endpoint, for `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  readonly accessKey: AccessKey;
  /** Points a function at vendor simulators; stands above the template's own values. */
  readonly vendorEnvironment: Readonly<Record<string, string>>;
}

/**
 * Exactly the variables that a function sees: the template's, those that Lambda sets, and those that lead to the
 * embedded cloud. Nothing is inherited from the shell; `PATH` holds this Node.js and the system's folders.
 */
export function functionEnvironment(
  definition: FunctionDefinition, surroundings: FunctionSurroundings, logStreamName: string,
): Readonly<Record<string, string>> {
  const { region, endpoint, accessKey, vendorEnvironment } = surroundings;
  return {
    ...definition.environment,
    ...vendorEnvironment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: accessKey.secretAccessKey,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: definition.logFormat,
    ...(definition.logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: definition.logLevel }),
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    LAMBDA_TASK_ROOT: definition.codeFolder,
    LANG: 'en_US.UTF-8',
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    TZ: ':UTC',
    _HANDLER: definition.handler,
  };
}

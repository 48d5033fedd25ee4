// What the published package exports. Inside this repository, import the files themselves.
export type { Accepted, Cancelled, DryRun, Failed, Fault, Found, RefusalCode, Templates } from './attempt';
export type { ClientWorld } from './client-world';
export { createEngineClient } from './engine-client';
export type { EngineClient, EngineClientOptions } from './engine-client';
export type {
  CancelResult,
  DryRunResult,
  InitiateResult,
  MessageRequest,
  ReadResult,
  TemplatesResult,
} from './initiate-result';
export type { RetryPolicy } from './retry-policy';
export { DEFAULT_RETRY } from './retry-policy';

// What the published package exports. Inside this repository, import the files themselves.
export type { Accepted, Cancelled, DryRun, Failed, Fault, Found, Messages, RefusalCode, Templates } from './attempt';
export type { ClientWorld } from './client-world';
export { createEngineClient } from './engine-client';
export type { EngineClient, EngineClientOptions } from './engine-client';
export type {
  AddedEndpoint, EventCalls, EventEndpoint, EventResult, ListedEndpoints, ListedEvents, NewEventEndpoint, RotatedSecret,
} from './event-calls';
export type {
  CancelResult,
  DryRunResult,
  InitiateResult,
  MessageRequest,
  MessagesFilter,
  MessagesResult,
  ReadResult,
  TemplatesResult,
} from './initiate-result';
export type {
  AcknowledgeResult, OwnerChanged, OwnerResult, ReplyAccepted, ReplyCalls, ReplyResult,
} from './reply-calls';
export type { RetryPolicy } from './retry-policy';
export { DEFAULT_RETRY } from './retry-policy';
export type {
  AnswerEventData, EndpointEventData, EngineEvent, MessageEventData, OptOutEventData, ReplyEventData, ThreadEventData,
} from './engine-event';
export { UnverifiedEvent, verifyEvent } from './verify-event';
export type { EventHeaders, UnverifiedReason } from './verify-event';

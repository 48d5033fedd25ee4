import type { components } from './api-types';

type Schemas = components['schemas'];

export type MessageEventData = Schemas['MessageEvent']['data'];
export type ReplyEventData = Schemas['ReplyEvent']['data'];
export type AnswerEventData = Schemas['AnswerEvent']['data'];
export type ThreadEventData = Schemas['ThreadEvent']['data'];
export type OptOutEventData = Schemas['OptOutEvent']['data'];
export type EndpointEventData = Schemas['EndpointEvent']['data'];

/** Every event; `type` tells which. A later version of the engine may send types that are not listed here. */
export type EngineEvent =
  | Schemas['MessageEvent']
  | Schemas['ReplyEvent']
  | Schemas['AnswerEvent']
  | Schemas['ThreadEvent']
  | Schemas['OptOutEvent']
  | Schemas['EndpointEvent'];

import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Channel } from '../core/channel';
import type { EngineMetrics } from './engine-metrics';

export interface WatchedChannel {
  readonly channel: Channel;
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
}

/** What alarms and dashboard look at. */
export interface Watched {
  readonly metrics: EngineMetrics;
  readonly channels: readonly WatchedChannel[];
  /** What recipients wrote and no model has read. */
  readonly turns: { readonly queue: IQueue; readonly deadLetters: IQueue };
  readonly handoff: IQueue;
  /** Calls for deliveries of events. */
  readonly deliveries: { readonly queue: IQueue; readonly deadLetters: IQueue };
  /** By the short name that alarms bear. */
  readonly functions: Readonly<Record<string, IFunction>>;
  /** The version of each that is called. */
  readonly live: Readonly<Record<string, Alias>>;
  readonly apiStage: Stage;
  /** Absent where the stage has no console. */
  readonly consoleApi?: HttpApi;
}

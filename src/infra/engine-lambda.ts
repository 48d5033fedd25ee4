import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction, FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import {
  Alias,
  ApplicationLogLevel,
  Architecture,
  LoggingFormat,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { PRODUCT, resourceNames } from '../core/names';
import { ENV_VARS } from '../core/env-vars';
import type { Permissions } from './permissions';
import { acknowledgeWildcards, policyDocument } from './permissions';
import type { Records } from './records';
import type { StageSettings } from './stages';

/** A construct that Projen generates from a `*.lambda.ts`. */
export type HandlerConstruct = new (scope: Construct, id: string, options: FunctionOptions) => LambdaFunction;

/** Environment by the names that the handlers read: of ENV_VARS, and of the vendors' addresses. */
export type Variables = Readonly<Record<string, string>>;

export interface EngineLambdaProps {
  readonly stage: StageSettings;
  /** The tables that it works on; what it may do with them is among `permissions`. */
  readonly records: Records;
  readonly handler: HandlerConstruct;
  readonly functionName: string;
  readonly timeoutSeconds: number;
  /**
   * Absent: 256. Functions wait for others nearly all the time, and their bill is that time by their memory
   * (docs/performance.md).
   */
  readonly memoryMegabytes?: number;
  /** Set beside the stage, the tables, the log level and the metrics, which every function gets. */
  readonly variables: Variables;
  /** Granted beside writing its own logs and traces, which every function may. */
  readonly permissions: Permissions;
}

/** One function with a role, a log group and settings of its own. */
export class EngineLambda extends Construct {
  readonly target: LambdaFunction;
  /**
   * What an API, a queue or a schedule calls: the version that is in use, so that a new one can take over bit by bit
   * (release.ts).
   */
  readonly live: Alias;

  constructor(scope: Construct, id: string, props: EngineLambdaProps) {
    super(scope, id);
    const {
      stage,
      records,
      handler: Handler,
      functionName,
      timeoutSeconds,
      memoryMegabytes = 256,
      variables,
      permissions,
    } = props;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.logRetentionDays,
      removalPolicy: stage.guarded ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const granted = { ...logsAndTraces(logGroup), ...permissions };
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${functionName} may do, and no more`,
      inlinePolicies: { permissions: policyDocument(granted) },
    });
    acknowledgeWildcards(role, granted);
    this.target = new Handler(this, 'Function', {
      functionName,
      // Fixed: CDK's own grants (for queues, tracing, logs) add nothing to what is written out in `permissions`.
      role: role.withoutPolicyUpdates(),
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMegabytes,
      tracing: Tracing.ACTIVE,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel[stage.logLevel],
      // Lambda's own lines about each call that went well are a third of what a message writes; those of calls that
      // failed are warnings.
      systemLogLevelV2: stage.logLevel === 'DEBUG' ? SystemLogLevel.INFO : SystemLogLevel.WARN,
      environment: { ...commonVariables(stage, records), ...variables },
    });
    this.live = new Alias(this, 'Live', { aliasName: 'live', version: this.target.currentVersion });
  }
}

function logsAndTraces(logGroup: LogGroup): Permissions {
  return {
    WriteOwnLogs: { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] },
    WriteTraces: {
      actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      resources: ['*'],
      whyWildcard: 'X-Ray knows no resources: its two write actions can only be granted on all of them.',
    },
  };
}

function commonVariables(stage: StageSettings, records: Records): Variables {
  return {
    [ENV_VARS.stage]: stage.name,
    [ENV_VARS.companyTable]: records.companies.tableName,
    [ENV_VARS.conversationTable]: records.conversations.tableName,
    [ENV_VARS.logLevel]: stage.logLevel,
    [ENV_VARS.metricsNamespace]: resourceNames(stage.name).metricsNamespace,
    // One word for all functions: the figures of a channel are the same whichever function reports them.
    [ENV_VARS.serviceName]: PRODUCT,
  };
}

import type { Services } from '../services/services';
import type { StackTemplate } from '../template/stack-template';
import { eventSourceDefinitions } from './event-source-definition';
import type { EventSourceDefinition } from './event-source-definition';
import type { FunctionDefinition } from './function-definition';
import type { LambdaService } from './lambda-service';
import { QueuePoller } from './queue-poller';
import { sqsQueue } from './sqs-queue';

export interface EventSourcesOptions {
  readonly template: StackTemplate;
  readonly lambda: LambdaService;
  readonly services: Pick<Services, 'endpoint' | 'credentialsOf' | 'authorize'>;
  readonly onFault: (fault: string) => void;
}

export interface EventSources {
  stop(): Promise<void>;
}

/** What Lambda demands of a function's role before it polls a queue in its name. */
const NEEDED_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const;

/** Starts polling for every enabled event source, with the rights of its function's role. */
export function startEventSources({ template, lambda, services, onFault }: EventSourcesOptions): EventSources {
  const definitions = eventSourceDefinitions(template, (nameOrArn) => lambda.definitionOf(nameOrArn));
  for (const source of definitions) checkRights(source, lambda.definitionOf(source.functionArn), services);
  const pollers = definitions.filter((source) => source.isEnabled).map((source) => new QueuePoller({
    source,
    queue: sqsQueue({
      queueUrl: source.queueUrl,
      endpoint: services.endpoint,
      region: template.region,
      credentials: services.credentialsOf(lambda.definitionOf(source.functionArn).logicalId, 'platform'),
    }),
    // No more than can run: a message that waits for a process would lose its time of invisibility.
    concurrency: Math.min(source.maximumConcurrency ?? Infinity, lambda.concurrencyOf(source.functionArn)),
    invoke: async (functionArn, event) => lambda.invoke(functionArn, event, { waits: true }),
    onFault,
  }));
  for (const poller of pollers) poller.start();
  return { stop: async () => void await Promise.all(pollers.map(async (poller) => poller.stop())) };
}

function checkRights(source: EventSourceDefinition, target: FunctionDefinition, services: Pick<Services, 'authorize'>): void {
  for (const action of NEEDED_ACTIONS) {
    const verdict = services.authorize(target.logicalId, action, source.queueArn);
    if (!verdict.allowed) {
      throw new Error(`Starting the event source ${source.logicalId} failed: the role of ${target.name} lacks ${action} on ${source.queueArn}, `
        + 'and Lambda refuses such a mapping. Grant it in the stack.');
    }
  }
}

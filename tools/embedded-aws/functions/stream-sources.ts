import type { Services } from '../services/services';
import type { StackTemplate } from '../template/stack-template';
import type { LambdaService } from './lambda-service';
import { StreamPoller } from './stream-poller';
import { streamSourceDefinitions } from './stream-source-definition';

export interface StreamSourcesOptions {
  readonly template: StackTemplate;
  readonly lambda: LambdaService;
  readonly services: Pick<Services, 'authorize' | 'stream'>;
  readonly onFault: (fault: string) => void;
}

/** What Lambda demands of a function's role before it follows a stream in its name. */
const NEEDED_ACTIONS = [
  'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams',
] as const;

/** Follows the stream of every enabled event source, with the rights of its function's role. */
export function startStreamSources(
  { template, lambda, services, onFault }: StreamSourcesOptions,
): { stop(): Promise<void> } {
  const definitions = streamSourceDefinitions(template, (nameOrArn) => lambda.definitionOf(nameOrArn));
  const pollers = definitions.filter(({ isEnabled }) => isEnabled).map((source) => {
    const target = lambda.definitionOf(source.functionArn);
    const refuse = (why: string) => new Error(`Starting the event source ${source.logicalId} failed: ${why}`);
    for (const action of NEEDED_ACTIONS) {
      // It lists streams and nothing narrower.
      const resource = action === 'dynamodb:ListStreams' ? '*' : source.streamArn;
      if (services.authorize(target.logicalId, action, resource).allowed) continue;
      throw refuse(
        `the role of ${target.name} lacks ${action} on ${resource}, and Lambda refuses such a mapping. Grant it in the `
          + 'stack.',
      );
    }
    const stream = services.stream(source.streamArn);
    if (!stream) throw refuse(`no table of the stack has the stream ${source.streamArn}. Add it to the stack.`);
    return new StreamPoller({
      source,
      stream,
      region: template.region,
      invoke: async (functionArn, event) => lambda.invoke(functionArn, event, { waits: true }),
      onFault,
    });
  });
  for (const poller of pollers) poller.start();
  return { stop: async () => void await Promise.all(pollers.map(async (poller) => poller.stop())) };
}

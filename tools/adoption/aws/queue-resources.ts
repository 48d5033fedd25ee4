import type { SQSClient } from '@aws-sdk/client-sqs';
import { DeleteQueueCommand, GetQueueAttributesCommand, paginateListQueues } from '@aws-sdk/client-sqs';
import { PRODUCT } from '../../../src/core/names';
import { CommandError } from '../../../src/cli/command-error';
import type { FoundQueue } from '../found-resource';
import type { ResourceAdapter } from './resource-adapter';
import { allOf, present, unlessGone } from './resource-adapter';

const COUNTS = [
  'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

export function queues(client: SQSClient): ResourceAdapter<'queue'> {
  return {
    list: async (scope) => {
      // Without a page size SQS answers one page and says nothing of the rest.
      const urls = await allOf(
        paginateListQueues({ client, pageSize: 1000 }, { QueueNamePrefix: PRODUCT }), (page) => page.QueueUrls);
      const concerned = urls.filter((url) => scope.of(nameOf(url)) !== 'foreign');
      return present(await Promise.all(concerned.map(async (url) => describe(client, url))));
    },
    remove: async (found, { discardMessages }) => {
      const now = await describe(client, found.id);
      if (!now) return;
      if (now.messages > 0 && !discardMessages) {
        throw new CommandError(
          `Deleting the queue ${found.name} failed: ${now.messages} messages arrived since the plan was made; `
          + 'wait until they are processed, or give --discard-messages.');
      }
      await unlessGone(client.send(new DeleteQueueCommand({ QueueUrl: found.id })));
    },
  };
}

async function describe(client: SQSClient, url: string): Promise<FoundQueue | undefined> {
  const answer = await unlessGone(
    client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...COUNTS, 'CreatedTimestamp'] })));
  if (!answer) return undefined;
  const { Attributes: attributes = {} } = answer;
  const messages = COUNTS.reduce((sum, count) => sum + Number(attributes[count] ?? 0), 0);
  return { kind: 'queue', name: nameOf(url), id: url, revision: attributes.CreatedTimestamp ?? '', messages };
}

function nameOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

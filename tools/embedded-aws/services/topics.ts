import { z } from 'zod';
import type { Permissions } from '../permissions/permissions';
import { snsNeeds } from '../permissions/sns-access';
import type { StackTemplate } from '../template/stack-template';
import type { Fauxqs, FauxqsTopicStore } from './fauxqs';
import { callFauxqs } from './fauxqs';
import type { FaultWords } from './service-answers';
import { queryFault } from './service-answers';
import type { ServiceBackend } from './service-backend';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
const FAULTS: FaultWords = {
  'access-denied': { status: 403, code: 'AuthorizationError' },
  'unknown-key': { status: 403, code: 'InvalidClientTokenId' },
  'wrong-region': { status: 403, code: 'SignatureDoesNotMatch' },
  'internal': { status: 500, code: 'InternalError' },
  'unknown-operation': { status: 400, code: 'InvalidAction' },
  'malformed': { status: 400, code: 'InvalidParameter' },
};

const subscription = z.object({
  Protocol: z.string(), Endpoint: z.string(), RawMessageDelivery: z.union([z.boolean(), z.string()]).optional(),
  FilterPolicy: z.unknown().optional(), FilterPolicyScope: z.string().optional(),
});
type Subscription = z.infer<typeof subscription>;

/**
 * SNS with the template's topics. Queues receive what is published; e-mail addresses are listed as unconfirmed, nothing
 * is sent to them.
 */
export function sns(template: StackTemplate, fauxqs: Fauxqs, permissions: Permissions): ServiceBackend {
  for (const topic of template.ofType('AWS::SNS::Topic')) {
    fauxqs.topics.topics.set(topic.reference, {
      arn: topic.reference,
      name: topic.name,
      attributes: {},
      tags: new Map(),
      subscriptionArns: [],
    });
    const inline = z.array(subscription).parse(topic.properties.Subscription ?? []);
    inline.forEach((one, index) =>
      subscribe(
        `${topic.logicalId} (subscription ${index + 1})`,
        topic.reference,
        `${topic.reference}:${index + 1}`,
        one,
      ),
    );
  }
  for (const { logicalId, reference, properties } of template.ofType('AWS::SNS::Subscription')) {
    subscribe(logicalId, String(properties.TopicArn), reference, subscription.parse(properties));
  }
  return {
    service: 'sns',
    protocol: 'query',
    needs: ({ operation, input }) => snsNeeds(operation, input, template),
    perform: ({ headers, input }) => callFauxqs(fauxqs.sns, headers, input),
    fault: (fault) => queryFault(NAMESPACE, FAULTS, fault),
  };

  function subscribe(origin: string, topicArn: string, arn: string, wanted: Subscription): void {
    if (!['sqs', 'email', 'email-json'].includes(wanted.Protocol)) {
      throw new Error(
        `${origin} subscribes by ${wanted.Protocol}, which the embedded cloud cannot deliver to: subscribe a queue `
          + 'or an e-mail address.',
      );
    }
    if (wanted.Protocol === 'sqs') checkDelivery(origin, topicArn, wanted.Endpoint, template, permissions);
    addSubscription(fauxqs.topics, topicArn, arn, wanted);
  }
}

/** In AWS such messages would be lost without a word. */
function checkDelivery(
  origin: string,
  topicArn: string,
  queueArn: string,
  template: StackTemplate,
  permissions: Permissions,
): void {
  const queue = template.ofType('AWS::SQS::Queue').find(({ arn }) => arn === queueArn);
  if (!queue) throw new Error(`${origin} subscribes the queue ${queueArn}, which is not in the stack: add it.`);
  if (permissions.serviceMay('sns.amazonaws.com', 'sqs:SendMessage', queue, topicArn)) return;
  throw new Error(
    `${origin} could never deliver: the policy of the queue ${queue.logicalId} does not let ${topicArn} send. Allow `
      + `it in the queue's policy.`,
  );
}

function addSubscription(store: FauxqsTopicStore, topicArn: string, arn: string, wanted: Subscription): void {
  const { Protocol, Endpoint, RawMessageDelivery, FilterPolicy, FilterPolicyScope } = wanted;
  const topic = z.object({ subscriptionArns: z.array(z.string()) }).safeParse(store.topics.get(topicArn));
  if (!topic.success) {
    throw new Error(`The subscription ${arn} is of the topic ${topicArn}, which is not in the stack: add it.`);
  }
  const attributes = {
    ...(RawMessageDelivery === undefined ? {} : { RawMessageDelivery: String(RawMessageDelivery) }),
    ...(FilterPolicy === undefined ? {} : { FilterPolicy: JSON.stringify(FilterPolicy) }),
    ...(FilterPolicyScope === undefined ? {} : { FilterPolicyScope }),
  };
  store.subscriptions.set(arn, {
    arn,
    topicArn,
    protocol: Protocol,
    endpoint: Endpoint,
    confirmed: Protocol === 'sqs',
    attributes,
  });
  store.topics.set(topicArn, {
    ...Object(store.topics.get(topicArn)),
    subscriptionArns: [...topic.data.subscriptionArns, arn],
  });
}

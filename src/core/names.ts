import type { Channel } from './channel';
import { CHANNEL_DEFINITIONS } from './channel';

/** Prefix of every resource; operators and IAM rules of existing deployments know it. */
export const PRODUCT = 'ai-multi-comms';

/**
 * How the hashes of the end-to-end suite's keys begin: the suite looks for such a key, and no other is made. So its
 * role reaches the grants of its own keys alone.
 */
export const TEST_KEY_HASHES = 'e2e0';

/** The stack's output that holds the API's base URL. */
export const API_URL_OUTPUT = 'ApiUrl';

/** The stack's output that holds the console's address; absent where the stage has none. */
export const CONSOLE_URL_OUTPUT = 'ConsoleUrl';


/** Names of one stage's resources; existing deployments use the same. */
export function resourceNames(stage: string) {
  return {
    stack: `${PRODUCT}-${stage}`,
    api: `${PRODUCT}-api-${stage}`,
    usagePlan: `${PRODUCT}-standard-usage-plan-${stage}`,
    router: `${PRODUCT}-channel-router-${stage}`,
    reader: `${PRODUCT}-conversation-reader-${stage}`,
    canceller: `${PRODUCT}-conversation-canceller-${stage}`,
    dryRun: `${PRODUCT}-dry-run-${stage}`,
    clientReplies: `${PRODUCT}-client-replies-${stage}`,
    vendorWebhooks: `${PRODUCT}-vendor-webhooks-${stage}`,
    processor: (channel: Channel) => `${PRODUCT}-${channel}-channel-processor-${stage}`,
    conversationTurns: `${PRODUCT}-conversation-turns-${stage}`,
    reconciler: `${PRODUCT}-reconciler-${stage}`,
    console: `${PRODUCT}-console-${stage}`,
    queue: (channel: Channel) => `${PRODUCT}-${channel}-queue-${stage}`,
    deadLetterQueue: (channel: Channel) => `${PRODUCT}-${channel}-dlq-${stage}`,
    eventApi: `${PRODUCT}-event-api-${stage}`,
    eventPublisher: `${PRODUCT}-event-publisher-${stage}`,
    eventDeliveries: `${PRODUCT}-event-deliveries-${stage}`,
    deliveryQueue: `${PRODUCT}-event-deliveries-queue-${stage}`,
    deliveryDeadLetters: `${PRODUCT}-event-deliveries-dlq-${stage}`,
    eventTable: `${PRODUCT}-events-${stage}`,
    /** Seals the signing secrets of endpoints. */
    endpointKeySecret: `${PRODUCT}/endpoint-key-${stage}`,
    turnQueue: `${PRODUCT}-turn-queue-${stage}`,
    turnDeadLetterQueue: `${PRODUCT}-turn-dlq-${stage}`,
    handoffQueue: `${PRODUCT}-handoff-queue-${stage}`,
    companyTable: `${PRODUCT}-company-data-${stage}`,
    conversationTable: `${PRODUCT}-conversations-${stage}`,
    alertsTopic: `${PRODUCT}-critical-alerts-${stage}`,
    dashboard: `${PRODUCT}-${stage}`,
    /** A stage's own, so that two stages of one account keep their figures apart. */
    metricsNamespace: `${PRODUCT}-${stage}`,
    apiKey: `${PRODUCT}-api-key-${stage}`,
    modelSecret: (channel: Channel) => `${PRODUCT}/openai-api-key/${channel}-${stage}`,
    credentialSecret: (channel: Channel, company: string, project: string) =>
      `${PRODUCT}/${channel}-credentials/${company}/${project}/${CHANNEL_DEFINITIONS[channel].vendor}-${stage}`,
    /** Matches every company's credential secret of a channel; Secrets Manager appends six characters to each ARN. */
    credentialSecretPattern: (channel: Channel) =>
      `${PRODUCT}/${channel}-credentials/*/${CHANNEL_DEFINITIONS[channel].vendor}-${stage}-??????`,
  };
}

export type ResourceNames = ReturnType<typeof resourceNames>;

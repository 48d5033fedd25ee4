import { randomUUID } from 'node:crypto';
import { parseChannelSettings } from '../core/company/company';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { Directory } from '../core/ports/directory';
import type { HandoffQueue } from '../core/ports/channel-queue';
import type { ConversationStore } from '../core/lifecycle/change';
import type { Observer } from '../core/ports/observer';
import { addressOf } from '../core/recipient/address-of';
import type { TurnQueue } from '../core/ports/turn-queue';
import type { TestReplies } from '../processor/processing';
import { takeInbound } from '../receipts/take-inbound';
import { DynamoDbAddresses } from '../records/dynamodb-addresses';
import { DynamoDbRecipientConversations } from '../records/dynamodb-recipient-conversations';
import { DynamoDbReplyAddresses } from '../records/dynamodb-reply-addresses';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import type { TableClient } from '../records/table-client';
import { systemClock } from './system-clock';

interface Outside {
  readonly turns: TurnQueue;
  readonly directory: Directory;
  readonly conversations: ConversationStore;
  readonly handoff: HandoffQueue;
  readonly observer: Observer;
}

/** Replies to tests are taken as real ones are: by the same code, from the sender that only tests have. */
export function testReplies(tables: TableClient, table: string, outside: Outside): TestReplies {
  const ports = {
    ...outside,
    aliases: new DynamoDbAddresses(tables, table),
    recipients: new DynamoDbRecipientConversations(tables, table),
    replyAddresses: new DynamoDbReplyAddresses(tables, table),
    // Who answers a test is played.
    senders: { includes: async () => Promise.resolve(false) },
    threads: new DynamoDbThreads(tables, table),
    clock: systemClock,
    newIdentifier: randomUUID,
  };
  return {
    take: async ({ conversation, text, vendorMessageId }) => {
      const { channel_method: channel } = conversation;
      const identity = parseConversationId(conversation.conversation_id);
      if (!identity) return;
      const { companyId, sender } = identity;
      const company = await outside.directory.findCompany(identity) ?? {};
      const settings = parseChannelSettings(company, channel);
      const language = settings.valid ? settings.value.content.template.language : undefined;
      const access = { channel, sender, credentialsId: '', ...(language === undefined ? {} : { language }) };
      const inbound = { from: addressOf(conversation), to: sender, text, attachments: 0, vendorMessageId };
      await takeInbound(inbound, { companyId, company, access }, ports);
    },
  };
}

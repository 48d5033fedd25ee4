import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { findConversationById } from '../../../src/core/lifecycle/find-conversation';
import { threadIdOf } from '../../../src/core/lifecycle/thread';
import { resourceNames } from '../../../src/core/names';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import { DynamoDbConversations } from '../../../src/records/dynamodb-conversations';
import { DynamoDbDirectory } from '../../../src/records/dynamodb-directory';
import { DynamoDbThreads } from '../../../src/records/dynamodb-threads';
import { TableClient } from '../../../src/records/table-client';
import type { LocalStage } from '../local-stage';
import { LOCAL_STAGE } from '../local-stage';
import { addProject, ANSWERED_PROJECT } from './add-project';
import type { SampleMessage } from './send-sample';
import { sendSample, writeBack } from './send-sample';

const CLOCK = { now: () => Date.now(), sleep: async (milliseconds: number) => pause(milliseconds) };

interface SampleChat extends SampleMessage {
  readonly channel: 'sms' | 'whatsapp';
  readonly telephone: string;
  /** What the recipient writes, each once the one before was answered or handed over. */
  readonly writes: readonly string[];
  /** Who takes the chat over in the end, and whether they return it. */
  readonly takenBy?: string;
  readonly isReturned?: true;
}

const CHATS: readonly SampleChat[] = [
  {
    channel: 'sms', first: 'Hanna', telephone: '+447700900223',
    writes: ['What does the job pay?', 'And where is the work, in which shifts?', 'Can I talk to somebody about this please?'],
  },
  {
    channel: 'whatsapp', first: 'Samuel', telephone: '+447700900224',
    writes: ['Where is the work?', 'I want to complain about the last ward.'], takenBy: 'blake.agent@example.com',
  },
  {
    channel: 'sms', first: 'Marta', telephone: '+447700900225',
    writes: ['Until when do you want an answer?'], takenBy: 'avery.agent@example.com', isReturned: true,
  },
  {
    channel: 'sms', first: 'Yusuf', telephone: '+447700900226',
    writes: ['Can I talk to somebody please?'], takenBy: 'avery.agent@example.com',
  },
];

/** Chats that the engine answered, that people have, and that were returned. */
export async function addAnsweredChats(stage: LocalStage): Promise<void> {
  await addProject(stage, ANSWERED_PROJECT);
  await Promise.all(CHATS.map(async (chat) => haveChat(stage, chat)));
}

async function haveChat(stage: LocalStage, chat: SampleChat): Promise<void> {
  const { channel, telephone, writes, takenBy, isReturned } = chat;
  const id = await sendSample(stage, { ...chat, project: ANSWERED_PROJECT.project_id });
  const conversation = await sentConversation(stage, id);
  const tables = new TableClient(stage.tables);
  const threads = new DynamoDbThreads(tables, resourceNames(LOCAL_STAGE).conversationTable);
  for (const [index, text] of writes.entries()) {
    await writeBack(stage, channel, telephone, text);
    await decided(threads, conversation, index + 1);
  }
  if (takenBy === undefined) return;
  const ports = { clock: CLOCK, threads };
  const order = { conversation, actor: { id: takenBy, roles: [] } };
  await takeThread(ports, order);
  if (isReturned) await returnThread(ports, order);
}

/** Milliseconds between two looks, and after which the sample goes on without what it waits for. */
const LOOK = 250;
const LONGEST = 80_000;

/** The record of a message, once it went. */
async function sentConversation({ tables }: LocalStage, id: string): Promise<Conversation> {
  const { companyTable: companies, conversationTable: conversations } = resourceNames(LOCAL_STAGE);
  const client = new TableClient(tables);
  const ports = {
    directory: new DynamoDbDirectory(client, { companies, conversations }, CLOCK),
    conversations: new DynamoDbConversations(client, conversations, randomUUID),
  };
  for (let waited = 0; waited < LONGEST; waited += LOOK) {
    const { conversation } = (await findConversationById(id, ports)) ?? {};
    if (conversation?.conversation_status === 'initial_message_sent') return conversation;
    await pause(LOOK);
  }
  throw new Error(`Filling the sample failed: the message ${id} did not go within ${LONGEST / 1000} s. Start it again.`);
}

/** Until so many messages of the recipient were answered or handed over. */
async function decided(threads: DynamoDbThreads, conversation: Conversation, count: number): Promise<void> {
  for (let waited = 0; waited < LONGEST; waited += LOOK) {
    const { history = [] } = (await threads.find(threadIdOf(conversation))) ?? {};
    if (history.length >= count) return;
    await pause(LOOK);
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from '../../../src/cli/stage';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { findConversationById } from '../../../src/core/lifecycle/find-conversation';
import { threadIdOf } from '../../../src/core/lifecycle/thread';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import type { LocalStage } from '../local-stage';
import { addProject, ANSWERED_PROJECT } from './add-project';
import { asOperator } from './as-operator';
import type { SampleMessage } from './send-sample';
import { sendSample, writeBack } from './send-sample';

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
  await asOperator(stage, async (operators) => {
    await Promise.all(CHATS.map(async (chat) => haveChat(stage, operators, chat)));
  });
}

async function haveChat(stage: LocalStage, operators: Stage, chat: SampleChat): Promise<void> {
  const { channel, telephone, writes, takenBy, isReturned } = chat;
  const id = await sendSample(stage, { ...chat, project: ANSWERED_PROJECT.project_id });
  const conversation = await sentConversation(operators, id);
  for (const [index, text] of writes.entries()) {
    await writeBack(stage, channel, telephone, text);
    await answered(operators, conversation, index + 1);
  }
  if (takenBy === undefined) return;
  const order = { conversation, actor: { id: takenBy, roles: [] } };
  await takeThread(operators, order);
  if (isReturned) await returnThread(operators, order);
}

/** Milliseconds between two looks, and after which the sample goes on without what it waits for. */
const LOOK = 250;
const LONGEST = 80_000;

/** The record of a message, once it went. */
async function sentConversation(operators: Stage, id: string): Promise<Conversation> {
  for (let waited = 0; waited < LONGEST; waited += LOOK) {
    const { conversation } = (await findConversationById(id, operators)) ?? {};
    if (conversation?.conversation_status === 'initial_message_sent') return conversation;
    await pause(LOOK);
  }
  throw new Error(`Filling the sample failed: the message ${id} did not go within ${LONGEST / 1000} s. Start it again.`);
}

/** Until so many messages were answered or handed over, and what the engine says to the last has gone. */
async function answered({ threads }: Stage, conversation: Conversation, count: number): Promise<void> {
  const threadId = threadIdOf(conversation);
  for (let waited = 0; waited < LONGEST; waited += LOOK) {
    const { history = [] } = (await threads.find(threadId)) ?? {};
    const [line] = await threads.newest(threadId, 1);
    if (history.length >= count && line?.role === 'assistant') return;
    await pause(LOOK);
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStage } from '../../../src/cli/stage';
import { cloudPorts } from '../../../src/cli/stage-cloud';
import { findConversationById } from '../../../src/core/lifecycle/find-conversation';
import { sendReply } from '../../../src/operations/replies/send-reply';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import { writeAccessFile } from '../../../tools/local-stage/access-file';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import type { TakenThread } from './judge-cards';
import { wordsOfPerson } from './sent-words';

/** A person of the company, by the operations behind `engine reply`. */
export interface Person {
  /** Undefined if the thread could not be taken: nothing was written in it, or it changes all the time. */
  take(conversationId: string): Promise<Pick<TakenThread, 'silentAt' | 'leaving'> | undefined>;
  /** Says the person's words; whether they were queued. */
  answer(conversationId: string, mark: string): Promise<boolean>;
  /** When the thread was given back, by the clock of vendors; undefined if it was not. */
  giveBack(conversationId: string): Promise<number | undefined>;
  close(): void;
}

const actor = { id: 'Sam Reyes', roles: [] };

export function openPerson(stage: LocalStage): Person {
  const folder = mkdtempSync(join(tmpdir(), 'load-person-'));
  const forget = writeAccessFile(folder, stage);
  const ports = openStage('local', folder, async () => Promise.resolve({ cloudPorts }));
  const orderOf = async (id: string) => {
    const found = await findConversationById(id, ports);
    return found && { conversation: found.conversation, actor };
  };
  return {
    take: async (id) => {
      const order = await orderOf(id);
      const result = order && await takeThread(ports, order);
      if (result?.outcome !== 'taken') return undefined;
      return { silentAt: Date.now(), leaving: result.leaving !== undefined };
    },
    answer: async (id, mark) => {
      const order = await orderOf(id);
      return order !== undefined
        && (await sendReply(ports, { ...order, text: wordsOfPerson(mark) })).outcome === 'queued';
    },
    giveBack: async (id) => {
      const order = await orderOf(id);
      const before = Date.now();
      return order && (await returnThread(ports, order)).outcome === 'returned' ? before : undefined;
    },
    close: () => {
      ports.close();
      forget();
      rmSync(folder, { recursive: true });
    },
  };
}

import type { AnsweredMail, ReplyAddresses } from '../../src/core/ports/reply-addresses';
import { replyToken } from '../../src/core/recipient/reply-address';

/** The addresses that replies to mails go to, in memory. */
export class MemoryReplyAddresses implements ReplyAddresses {
  readonly kept = new Map<string, AnsweredMail & { readonly timeToLive: number }>();

  keep(mail: AnsweredMail & { readonly timeToLive: number }): Promise<void> {
    this.kept.set(replyToken(mail.attemptId), mail);
    return Promise.resolve();
  }

  find(token: string): Promise<AnsweredMail | undefined> {
    const { conversationId, attemptId } = this.kept.get(token) ?? {};
    return Promise.resolve(conversationId === undefined || attemptId === undefined
      ? undefined
      : { conversationId, attemptId });
  }

  remove({ attempt_ids: attempts = [] }: Parameters<ReplyAddresses['remove']>[0]): Promise<void> {
    for (const attempt of attempts) this.kept.delete(replyToken(attempt));
    return Promise.resolve();
  }
}

import * as z from 'zod/mini';
import type { Timestamp } from '../core/ports/clock';
import type { BegunSignIn, Session, Sessions } from '../core/ports/sessions';
import { failedCondition } from './failed-condition';
import { sessionItemKey, sessionsOfKey, signInItemKey } from './item-keys';
import type { TableClient } from './table-client';

const sessionShape = z.object({
  hash: z.string(),
  personId: z.string(),
  person: z.string(),
  roles: z.array(z.string()),
  startedAt: z.string(),
  seenAt: z.string(),
  rolesAt: z.string(),
  endsAt: z.string(),
  sealedToken: z.optional(z.string()),
});

const signInShape = z.object({
  hash: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  until: z.string(),
});

const listedShape = z.object({ conversation_id: z.string(), startedAt: z.string() });

/** Sessions in DynamoDB; TTL removes what ran out. */
export class DynamoDbSessions implements Sessions {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async begin(signIn: BegunSignIn): Promise<void> {
    await this.put({ ...signInItemKey(signIn.hash), ...signIn }, signIn.until);
  }

  async takeBegun(hash: string): Promise<BegunSignIn | undefined> {
    const key = signInItemKey(hash);
    const read = signInShape.safeParse(await this.client.get(this.table, key));
    if (!read.success) return undefined;
    const isMine = await this.change(async () =>
      this.client.delete({
        TableName: this.table,
        Key: key,
        ConditionExpression: 'attribute_exists(primary_channel)',
      }),
    );
    return isMine ? read.data : undefined;
  }

  /** The list first: a session that is not listed could not be ended from elsewhere. */
  async start(session: Session): Promise<void> {
    const { startedAt } = session;
    await this.put({ ...sessionsOfKey(session.personId, session.hash), startedAt }, session.endsAt);
    await this.put({ ...sessionItemKey(session.hash), ...session }, session.endsAt);
  }

  async find(hash: string): Promise<Session | undefined> {
    const read = sessionShape.safeParse(await this.client.get(this.table, sessionItemKey(hash)));
    return read.success ? read.data : undefined;
  }

  async renew(session: Session, change: Parameters<Sessions['renew']>[1]): Promise<boolean> {
    const { rolesAt, roles = session.roles, sealedToken = session.sealedToken } = change;
    return this.change(async () =>
      this.client.update({
        TableName: this.table,
        Key: sessionItemKey(session.hash),
        // `roles` is a word of DynamoDB's own.
        UpdateExpression: `SET rolesAt = :now, #roles = :roles${sealedToken === undefined ? '' : ', sealedToken = :token'}`,
        ConditionExpression: 'rolesAt = :before',
        ExpressionAttributeNames: { '#roles': 'roles' },
        ExpressionAttributeValues: {
          ':now': rolesAt,
          ':roles': roles,
          ':before': session.rolesAt,
          ...(sealedToken !== undefined && { ':token': sealedToken }),
        },
      }),
    );
  }

  async seen({ hash }: Session, at: Timestamp): Promise<void> {
    await this.change(async () =>
      this.client.update({
        TableName: this.table,
        Key: sessionItemKey(hash),
        UpdateExpression: 'SET seenAt = :at',
        ConditionExpression: 'attribute_exists(primary_channel)',
        ExpressionAttributeValues: { ':at': at },
      }),
    );
  }

  /** The session first: from then on it opens nothing. */
  async end({ hash, personId }: Pick<Session, 'hash' | 'personId'>): Promise<void> {
    await this.client.delete({ TableName: this.table, Key: sessionItemKey(hash) });
    await this.client.delete({ TableName: this.table, Key: sessionsOfKey(personId, hash) });
  }

  async ofPerson(personId: string): Promise<ReadonlyArray<Pick<Session, 'hash' | 'startedAt'>>> {
    const found: Array<Pick<Session, 'hash' | 'startedAt'>> = [];
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :partition',
      ExpressionAttributeValues: { ':partition': sessionsOfKey(personId, '').primary_channel },
      ConsistentRead: true,
    };
    for await (const items of this.client.query(query)) {
      for (const item of items) {
        const read = listedShape.safeParse(item);
        if (read.success) found.push({ hash: read.data.conversation_id, startedAt: read.data.startedAt });
      }
    }
    return found;
  }

  private async put(item: Readonly<Record<string, unknown>>, until: Timestamp): Promise<void> {
    const time_to_live = Math.ceil(Date.parse(until) / 1000);
    await this.client.put({ TableName: this.table, Item: { ...item, time_to_live } });
  }

  /** False where the condition did not hold. */
  private async change(write: () => Promise<unknown>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }
}

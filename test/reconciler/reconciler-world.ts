import { FakeTurns } from '../support/fake-queue';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import type { LookupQuery, LookupResult } from '../../src/core/ports/message-lookup';
import { reconcile } from '../../src/reconciler/reconcile';
import type { ReconcileResult } from '../../src/reconciler/reconcile';
import type { ReconcilerPorts } from '../../src/reconciler/reconciler-ports';
import { MemoryRequestLimits } from '../support/memory-request-limits';
import { ProcessorWorld } from '../support/processor-world';

export const MINUTE = 60_000;

/** A reconciler over ports in memory, beside a processor's world. */
export class ReconcilerWorld extends ProcessorWorld {
  listed: LookupResult = { outcome: 'listed', vendorMessageIds: [] };
  readonly lookups: LookupQuery[] = [];
  readonly limits = new MemoryRequestLimits();
  readonly reconcilerPorts: ReconcilerPorts;

  readonly turns = new FakeTurns();

  constructor() {
    super('sms');
    const lookup = {
      settleAfter: 15 * MINUTE,
      find: (query: LookupQuery) => {
        this.lookups.push(query);
        return Promise.resolve(this.listed);
      },
    };
    this.reconcilerPorts = {
      workDue: {
        due: ({ shard, before, limit }) => Promise.resolve(this.conversations.all()
          .filter(({ attention, due_at: at = '' }) => attention === shard && at < before)
          .map((key) => ({ key, dueAt: key.due_at ?? '' }))
          .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
          .slice(0, limit)),
      },
      repliesDue: {
        due: ({ shard, before, limit }) => Promise.resolve(this.conversations.all()
          .filter(({ reply_attention: waits, reply_since: at = '' }) => waits === shard && at < before)
          .map((key) => ({ key, dueAt: key.reply_since ?? '' }))
          .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
          .slice(0, limit)),
      },
      traces: {
        tracesOf: (recipient) => Promise.resolve(this.conversations.all()
          .filter((record) => record.primary_channel === recipient && record.attempt_count > 0)
          .map((record) => ({ ...record, ...(record.composition ? { text: record.composition.filled.text } : {}) }))),
      },
      conversations: this.conversations,
      directory: this.directory,
      limits: this.limits,
      secrets: this.secrets,
      lookups: { sms: lookup, whatsapp: lookup, email: { settleAfter: 24 * 60 * MINUTE } },
      queue: this.queue,
      threads: this.threads,
      turns: this.turns,
      clock: this.clock,
      observer: this.observer,
    };
  }

  run(ports: Partial<ReconcilerPorts> = {}, bounds = { records: 50, finishBy: Infinity }): Promise<ReconcileResult> {
    return reconcile({ ...this.reconcilerPorts, ...ports }, bounds);
  }

  /** Puts a record that is due now. */
  async due(changes: Partial<Conversation>, requestId?: string): Promise<Conversation> {
    return this.accept({ due_at: new Date(this.clock.now()).toISOString(), ...changes }, requestId);
  }
}

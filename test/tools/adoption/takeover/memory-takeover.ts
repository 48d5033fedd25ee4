import { z } from 'zod';
import type { StackImport } from '../../../../tools/adoption/cloud';
import type { FoundTable } from '../../../../tools/adoption/found-resource';
import type { OldEnvironment } from '../../../../tools/adoption/takeover/old-environment';
import type {
  Intake, MappingSettings, NamedQueue,
  TakeoverOperations, UpdateOptions,
} from '../../../../tools/adoption/takeover/operations';
import { notRetained } from '../../../../tools/adoption/takeover/retained-template';
import type { Journal, LockHolder, StepRecord } from '../../../../tools/adoption/takeover/step';
import { sampleTable } from '../sample-findings';

/** A journal in memory; each method works on a copy, as what a database stores does. */
export class MemoryJournal implements Journal {
  environment: OldEnvironment | undefined;
  readonly stored = new Map<string, string>();
  holder: LockHolder | undefined;

  open = async () => Promise.resolve(this.environment);
  create = async (environment: OldEnvironment) => {
    this.environment = environment;
    return Promise.resolve();
  };
  records = async () =>
    Promise.resolve(
      new Map([...this.stored].map(([id, text]): readonly [string, StepRecord] => [id, JSON.parse(text)])),
    );
  write = async (id: string, record: StepRecord) => {
    await Promise.resolve(this.stored.set(id, JSON.stringify(record)));
  };
  erase = async (id: string) => {
    await Promise.resolve(this.stored.delete(id));
  };
  lock = async (owner: string) => {
    if (this.holder && this.holder.owner !== owner) return Promise.resolve(this.holder);
    this.holder = { owner, until: '2026-11-30T12:00:00.000Z' };
    return Promise.resolve(undefined);
  };
  unlock = async (owner: string) => {
    if (this.holder?.owner === owner) this.holder = undefined;
    return Promise.resolve();
  };
}

export const API: Intake = {
  stage: 'prod', deploymentId: 'first',
  methods: [{
    resourceId: 'r1', path: '/initiate-conversation', httpMethod: 'POST',
    integration: { type: 'AWS_PROXY', uri: 'old' },
  }],
};

const templateShape = z.object({
  Resources: z.record(z.string(), z.looseObject({
    Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}),
  })).default({}),
});

/** What CloudFormation calls the resources, for those whose template names them. */
function physicalIds(template: string): Readonly<Record<string, string>> {
  const entries = Object.entries(templateShape.parse(JSON.parse(template)).Resources);
  return Object.fromEntries(entries.map(([id, { Type, Properties }]) => {
    const name = String(Properties.TableName ?? Properties.QueueName ?? Properties.LogGroupName ?? id);
    return [id, Type === 'AWS::SQS::Queue' ? `https://sqs.eu-west-2.amazonaws.com/123456789012/${name}` : name];
  }));
}

/**
 * The change set's guard, as strict as AWS may be: what holds data and is described in other words than before counts
 * as a replacement.
 */
function refuseHarm(before: string, after: string, canAdd: boolean): void {
  const [old, young] = [before, after].map((text) => templateShape.parse(JSON.parse(text)).Resources);
  for (const [id, { Type, Properties }] of Object.entries(young ?? {})) {
    const was = old?.[id];
    if (!was && !canAdd) throw new Error(`its change set would do more than retain what holds data (Add ${id})`);
    if (was && /Table|Queue/.test(Type) && JSON.stringify(was.Properties) !== JSON.stringify(Properties)) {
      throw new Error(`its change set would do more than retain what holds data (Modify ${id})`);
    }
  }
  const removed = Object.keys(old ?? {}).find((id) => !(id in (young ?? {})));
  if (removed !== undefined) throw new Error(`its change set would do more than retain what holds data (Remove ${removed})`);
}

interface Stack {
  template: string;
  status: string;
  isProtected?: boolean;
}

/**
 * An account in memory that loses data as AWS would: a stack that is deleted takes with it what its template does not
 * retain. `failAt` throws at the n-th change, before or after its effect, as an expired credential would.
 */
export class MemoryTakeover implements TakeoverOperations {
  readonly where = { account: '123456789012', region: 'eu-west-2' };
  readonly items = new Map<string, readonly string[]>();
  readonly tables = new Map<string, FoundTable>();
  readonly stacks = new Map<string, Stack>();
  /** Messages by queue; each is processed by the old function, if its mapping is enabled, at each pause. */
  readonly messages = new Map<string, string[]>();
  readonly processed: string[] = [];
  readonly kept: Array<readonly [string, string]> = [];
  readonly mappings = new Map<string, MappingSettings & { state: string }>();
  readonly keys = new Map<string, ReadonlySet<string>>();
  intakeState: 'old' | 'closed' | 'new' = 'old';
  calls = 0;
  changes = 0;
  failAt: { readonly change: number; readonly when: 'before' | 'after' } | undefined;
  time = 0;

  table = async (name: string) => Promise.resolve(this.tables.get(name));
  protectTable = async (
    name: string, { recovery, protection }: { readonly recovery: boolean; readonly protection: boolean }) =>
    this.change(() => { this.replace(name, { hasRecovery: recovery, isProtected: protection }); });
  digest = async (name: string) => {
    const items = this.items.get(name) ?? [];
    return Promise.resolve({ items: items.length, digest: [...items].sort().join() });
  };
  copyItems = async (from: string, to: string) => this.change(() => {
    const [source, target] = [this.items.get(from) ?? [], this.items.get(to) ?? []];
    const missing = source.filter((item) => !target.includes(item));
    this.items.set(to, [...target, ...missing]);
    return { copied: missing.length, kept: source.length - missing.length };
  });
  backUp = async ({ name }: FoundTable) => this.change(() => `backup-of-${name}`);
  addIndex = async ({ name }: FoundTable, index: FoundTable['indexes'][number]) => this.change(() => {
    const { indexes } = this.required(name);
    if (indexes.some((one) => one.name === index.name)) throw new Error('the index exists');
    this.replace(name, { indexes: [...indexes, index] });
  });
  dropIndex = async ({ name }: FoundTable, index: string) => this.change(() => {
    this.replace(name, { indexes: this.required(name).indexes.filter((one) => one.name !== index) });
  });

  stackStatus = async (name: string) => {
    const stack = this.stacks.get(name);
    return Promise.resolve(
      stack && {
        status: stack.status, isProtected: stack.isProtected ?? false, parameters: {},
        resources: physicalIds(stack.template),
      },
    );
  };
  stackTemplate = async (name: string) => Promise.resolve(this.stacks.get(name)?.template ?? '');
  updateStack = async (name: string, template: string, options?: UpdateOptions) => this.change(() => {
    refuseHarm(this.stacks.get(name)?.template ?? '{}', template, options?.canAdd ?? false);
    this.stacks.set(name, { template, status: 'UPDATE_COMPLETE' });
  });
  deleteStack = async (name: string) => this.change(() => {
    const stack = this.stacks.get(name);
    if (!stack) return;
    if (notRetained(name, stack.template).length > 0) {
      this.tables.clear();
      this.items.clear();
    }
    this.stacks.delete(name);
    this.mappings.clear();
  });
  importInto = async ({ stack, template }: StackImport) => this.change(() => {
    this.stacks.set(stack, { template, status: 'IMPORT_COMPLETE' });
  });
  importable = async (kind: 'queue' | 'log group', id: string) =>
    Promise.resolve(kind === 'queue' ? { QueueName: id, VisibilityTimeout: 30 } : undefined);

  /** As API Gateway shows it now: who reads it after it was closed has lost the old integration. */
  intake = async () => Promise.resolve(this.intakeState === 'old' ? API : { ...API, methods: [] });
  closeIntake = async (_id: string, { methods }: Intake) => this.change(() => {
    if (methods.length > 0) this.intakeState = 'closed';
  });
  restoreIntake = async (_id: string, { methods }: Intake) => this.change(() => {
    if (methods.length > 0) this.intakeState = 'old';
  });
  relayIntake = async (_id: string, { methods }: Intake) => this.change(() => {
    if (methods.length > 0) this.intakeState = 'new';
  });
  callsOf = async () => Promise.resolve(this.calls);

  depth = async ({ name }: NamedQueue) => Promise.resolve(this.messages.get(name)?.length ?? 0);
  archive = async ({ name }: NamedQueue) => this.change(() => {
    const taken = this.messages.get(name)?.splice(0) ?? [];
    this.kept.push(...taken.map((message) => [name, message] as const));
    return taken.length;
  });
  resend = async ({ name }: NamedQueue) => this.change(() => {
    const mine = this.kept.filter(([queue]) => queue === name);
    this.messages.get(name)?.push(...mine.map(([, message]) => message));
    this.kept.splice(0, this.kept.length, ...this.kept.filter(([queue]) => queue !== name));
    return mine.length;
  });
  archived = async () => Promise.resolve(new Map(this.kept.map(([queue]) =>
    [queue, this.kept.filter(([other]) => other === queue).length])));
  mapping = async (id: string) => Promise.resolve(this.mappings.get(id));
  switchMapping = async (id: string, isEnabled: boolean) => this.change(() => {
    const mapping = this.mappings.get(id);
    if (mapping) this.mappings.set(id, { ...mapping, isEnabled, state: isEnabled ? 'Enabled' : 'Disabled' });
  });
  deleteMapping = async (id: string) => this.change(() => { this.mappings.delete(id); });
  createMapping = async (settings: MappingSettings) => this.change(() => {
    this.mappings.set('mapping-2', { ...settings, state: settings.isEnabled ? 'Enabled' : 'Disabled' });
  });
  addKeys = async (planId: string, keyIds: readonly string[]) =>
    this.change(() => { this.keys.set(planId, new Set(keyIds)); });
  removeKeys = async (planId: string) => this.change(() => { this.keys.delete(planId); });
  pause = async (milliseconds: number) => {
    this.time += milliseconds;
    for (const { sourceArn, state } of this.mappings.values()) {
      if (state === 'Enabled') this.processed.push(...this.messages.get(sourceArn)?.splice(0, 2) ?? []);
    }
    return Promise.resolve();
  };
  now = () => this.time;

  private required(name: string): FoundTable {
    return this.tables.get(name) ?? sampleTable({ name });
  }

  private replace(name: string, change: Partial<FoundTable>): void {
    this.tables.set(name, { ...this.required(name), ...change });
  }

  private async change<Result>(work: () => Result): Promise<Result> {
    this.changes += 1;
    const { change, when } = this.failAt ?? {};
    const fails = this.changes === change;
    if (fails && when === 'before') throw expired();
    const result = work();
    if (fails) throw expired();
    return Promise.resolve(result);
  }
}

function expired(): Error {
  return Object.assign(
    new Error('The security token included in the request is expired'), { name: 'ExpiredTokenException' });
}

import type { Channel } from '../../core/channel';
import type { OperationPorts } from '../ports';
import type { CredentialField } from '../../core/ports/vendor';
import type { SecretKind } from './secret-fields';
import { fieldsOf, secretFaults } from './secret-fields';

type Fields = Readonly<Record<string, string>>;

/** Whose secret: the model's key of a channel, or a project's credentials at the channel's vendor. */
export type SecretOwner =
  | { readonly kind: Extract<SecretKind, 'model'>; readonly channel: Channel }
  | {
    readonly kind: Extract<SecretKind, 'credentials'>;
    readonly channel: Channel;
    readonly company: string;
    readonly project: string;
  };

export type StoreResult =
  | {
    readonly outcome: 'created' | 'replaced';
    readonly secret: string;
    readonly fields: readonly string[];
    /** Names of the functions that read it. */
    readonly readers: readonly string[];
  }
  /** What is wrong, field by field, without a value; nothing was written. */
  | { readonly outcome: 'faulty'; readonly secret: string; readonly faults: readonly string[] }
  | { readonly outcome: 'marked_for_deletion'; readonly secret: string };

type Ports = Pick<OperationPorts, 'names' | 'secrets' | 'vendors'>;

/** Creates a secret or gives it a new version. `enter` is given the fields with those that are stored already. */
export async function storeSecret(
  ports: Ports, owner: SecretOwner, enter: (fields: readonly CredentialField[], stored: Fields) => Promise<Fields>,
): Promise<StoreResult> {
  const { names, secrets } = ports;
  const secret = nameOf(owner, names);
  const fields = fieldsOf(ports, owner.kind, owner.channel);
  const stored = await secrets.read(secret);
  const entered = await enter(fields, stored.state === 'found' ? known(stored.fields, fields) : {});
  const faults = secretFaults(fields, entered);
  if (faults.length > 0) return { outcome: 'faulty', secret, faults };
  const outcome = await secrets.store(secret, entered);
  if (outcome === 'marked_for_deletion') return { outcome, secret };
  return { outcome, secret, fields: Object.keys(entered), readers: readersOf(owner, names) };
}

function nameOf(owner: SecretOwner, names: OperationPorts['names']): string {
  if (owner.kind === 'model') return names.modelSecret(owner.channel);
  return names.credentialSecret(owner.channel, owner.company, owner.project);
}

function known(stored: Fields, fields: readonly CredentialField[]): Fields {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => fields.some((field) => field.name === name)));
}

function readersOf({ kind, channel }: SecretOwner, names: OperationPorts['names']): readonly string[] {
  if (kind === 'model') return [names.processor(channel)];
  return [names.processor(channel), names.vendorWebhooks, names.reconciler];
}

import type { Channel } from '../../core/channel';
import { channelAccess } from '../../core/company/channel-access';
import { parseCredentialName } from '../../core/company/credential-name';
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
  | { readonly outcome: 'marked_for_deletion'; readonly secret: string }
  /** The project's record names a secret of another company; nothing was read or written. */
  | { readonly outcome: 'foreign'; readonly secret: string; readonly company: string };

type Ports = Pick<OperationPorts, 'companies' | 'names' | 'secrets' | 'vendors'>;

/** Creates a secret or gives it a new version. `enter` is given the fields with those that are stored already. */
export async function storeSecret(
  ports: Ports, owner: SecretOwner, enter: (fields: readonly CredentialField[], stored: Fields) => Promise<Fields>,
): Promise<StoreResult> {
  const { names, secrets } = ports;
  const { secret, foreign } = await nameOf(ports, owner);
  if (foreign !== undefined) return { outcome: 'foreign', secret, company: foreign };
  const fields = fieldsOf(ports, owner.kind, owner.channel);
  const stored = await secrets.read(secret);
  const entered = await enter(fields, stored.state === 'found' ? known(stored.fields, fields) : {});
  const faults = secretFaults(fields, entered);
  if (faults.length > 0) return { outcome: 'faulty', secret, faults };
  const outcome = await secrets.store(secret, entered);
  if (outcome === 'marked_for_deletion') return { outcome, secret };
  return { outcome, secret, fields: Object.keys(entered), readers: readersOf(owner, names) };
}

/**
 * Credentials have the name that the project's record gives, if the functions may read it: an earlier engine named them
 * by other words. `foreign`: the company that such a name belongs to, if it is another one of the stage.
 */
async function nameOf(
  { companies, names }: Ports,
  owner: SecretOwner,
): Promise<{ readonly secret: string; readonly foreign?: string }> {
  if (owner.kind === 'model') return { secret: names.modelSecret(owner.channel) };
  const { channel, company, project } = owner;
  const named = channelAccess((await companies.find(company, project)) ?? {}, channel)?.credentialsId;
  const name = named === undefined ? undefined : parseCredentialName(names, channel, named);
  if (named === undefined || !name?.readable) return { secret: names.credentialSecret(channel, company, project) };
  if (name.company === company) return { secret: named };
  const isOthers = (await companies.list()).some(({ company_id: id }) => id === name.company);
  return isOthers ? { secret: named, foreign: name.company } : { secret: named };
}

function known(stored: Fields, fields: readonly CredentialField[]): Fields {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => fields.some((field) => field.name === name)));
}

function readersOf({ kind, channel }: SecretOwner, names: OperationPorts['names']): readonly string[] {
  if (kind === 'model') return [names.processor(channel)];
  return [names.processor(channel), names.vendorWebhooks, names.reconciler];
}

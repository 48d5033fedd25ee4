import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { parseCredentialName } from '../../core/company/credential-name';
import type { ResourceNames } from '../../core/names';
import type { OperationPorts } from '../ports';
import type { SecretKind } from './secret-fields';
import { fieldsOf, secretFaults } from './secret-fields';

/** Which secret is meant. */
export interface SecretPlace {
  readonly kind: SecretKind;
  readonly channel: Channel;
  readonly name: string;
}

/** Whether a secret can be used, and what is wrong where it cannot; never a value. */
export type CheckedSecret =
  | { readonly complete: true; readonly problem?: undefined; readonly fields: Readonly<Record<string, string>> }
  | { readonly complete: false; readonly problem: string };

type Ports = Pick<OperationPorts, 'secrets' | 'vendors'>;

export async function checkSecret(ports: Ports, { kind, channel, name }: SecretPlace): Promise<CheckedSecret> {
  const stored = await ports.secrets.read(name);
  switch (stored.state) {
    case 'missing':
      return { complete: false, problem: 'there is no such secret' };
    case 'unreadable':
      return { complete: false, problem: 'it does not hold a JSON object of texts' };
    case 'marked_for_deletion':
      return { complete: false, problem: 'it is marked for deletion' };
    case 'found': {
      const faults = secretFaults(fieldsOf(ports, kind, channel), stored.fields);
      if (faults.length > 0) return { complete: false, problem: faults.join('; ') };
      return { complete: true, fields: stored.fields };
    }
  }
}

/** A secret of a list; the company and the project as its name spells them. */
export interface ListedSecret extends SecretPlace {
  readonly companyId?: string;
  readonly projectId?: string;
  readonly complete: boolean;
  readonly problem?: string;
}

/** The model's keys and the companies' credentials of a stage, each checked; never their values. */
export async function listSecrets(ports: Ports & Pick<OperationPorts, 'names'>): Promise<readonly ListedSecret[]> {
  const { names, secrets } = ports;
  const modelKeys = CHANNELS.map((channel) => ({ kind: 'model' as const, channel, name: names.modelSecret(channel) }));
  const credentials = (await secrets.list()).flatMap((name) => credentialsNamed(name, names));
  return Promise.all([...modelKeys, ...credentials].map(async (place) => {
    const { complete, problem } = await checkSecret(ports, place);
    return { ...place, complete, problem };
  }));
}

/** Secrets of another stage or another purpose are none of ours. */
function credentialsNamed(name: string, names: ResourceNames) {
  const [, , companyId, projectId] = name.split('/');
  return CHANNELS.filter((channel) => parseCredentialName(names, channel, name).readable)
    .map((channel) => ({ kind: 'credentials' as const, channel, name, companyId, projectId }));
}

import { randomUUID } from 'node:crypto';
import { secretSuffix } from '../template/resource-identity';

export interface SecretContent {
  readonly SecretString?: string;
  /** Base64. */
  readonly SecretBinary?: string;
}

export interface SecretVersion extends SecretContent {
  readonly id: string;
  readonly created: number;
}

export interface StoredSecret {
  readonly arn: string;
  readonly name: string;
  readonly created: number;
  description: string | undefined;
  changed: number;
  /** When it will be deleted, in seconds; unset while it is in use. */
  deleted?: number;
  readonly versions: Map<string, SecretVersion>;
  /** Version ids by staging label. */
  readonly stages: Map<string, string>;
}

/** Secrets in memory, found by name, ARN, or ARN without its six random characters. */
export class SecretStore {
  private readonly secrets = new Map<string, StoredSecret>();

  constructor(private readonly place: { readonly account: string; readonly region: string }) {}

  all(): readonly StoredSecret[] {
    return [...this.secrets.values()];
  }

  find(secretId: string): StoredSecret | undefined {
    const byName = this.secrets.get(secretId);
    return byName ?? this.all().find(({ arn }) => arn === secretId || arn.slice(0, -'-aaaaaa'.length) === secretId);
  }

  /** The ARN of a secret; made up, as AWS does for permissions, if the secret does not exist. */
  arnOf(secretId: string): string {
    const found = this.find(secretId);
    if (found) return found.arn;
    return secretId.startsWith('arn:')
      ? secretId
      : `arn:aws:secretsmanager:${this.place.region}:${this.place.account}:secret:${secretId}-${secretSuffix(secretId)}`;
  }

  create(name: string, description: string | undefined): StoredSecret {
    const now = Date.now() / 1000;
    const secret: StoredSecret = {
      arn: this.arnOf(name),
      name,
      description,
      created: now,
      changed: now,
      versions: new Map(),
      stages: new Map(),
    };
    this.secrets.set(name, secret);
    return secret;
  }

  remove(secret: StoredSecret): void {
    this.secrets.delete(secret.name);
  }
}

/** Adds a version; labelled AWSCURRENT, it makes the version before AWSPREVIOUS, as AWS does. */
export function addVersion(
  secret: StoredSecret,
  content: SecretContent,
  id: string = randomUUID(),
  stages: readonly string[] = ['AWSCURRENT'],
): SecretVersion {
  const version = { ...content, id, created: Date.now() / 1000 };
  secret.versions.set(id, version);
  secret.changed = version.created;
  const before = secret.stages.get('AWSCURRENT');
  for (const stage of stages) secret.stages.set(stage, id);
  if (stages.includes('AWSCURRENT') && before !== undefined && before !== id) secret.stages.set('AWSPREVIOUS', before);
  return version;
}

export function stagesOf(secret: StoredSecret, versionId: string): readonly string[] {
  return [...secret.stages].filter(([, id]) => id === versionId).map(([stage]) => stage);
}

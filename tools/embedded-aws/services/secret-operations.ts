import { z } from 'zod';
import type { SecretStore, StoredSecret } from './secret-store';
import { addVersion, stagesOf } from './secret-store';

/** A refusal in Secrets Manager's own words. */
export class SecretError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

type Operation = (store: SecretStore, input: Readonly<Record<string, unknown>>) => unknown;

const SECONDS_PER_DAY = 86_400;
const secretId = z.object({ SecretId: z.string().min(1) });
const content = {
  SecretString: z.string().max(65_536).optional(),
  SecretBinary: z.string().optional(),
  ClientRequestToken: z.string().optional(),
};
const getInput = secretId.extend({ VersionId: z.string().optional(), VersionStage: z.string().optional() });
const createInput = z.object({
  Name: z.string().regex(/^[\w/+=.@-]{1,512}$/),
  Description: z.string().optional(),
  ...content,
});
const putInput = secretId.extend({ ...content, VersionStages: z.array(z.string()).optional() });
const updateInput = secretId.extend({ ...content, Description: z.string().optional() });
const deleteInput = secretId.extend({
  ForceDeleteWithoutRecovery: z.boolean().default(false),
  RecoveryWindowInDays: z.number().min(7).max(30).default(30),
});
const filters = z.array(z.object({ Key: z.string(), Values: z.array(z.string()) })).default([]);
const listInput = z.object({
  Filters: filters,
  MaxResults: z.number().min(1).max(100).default(100),
  NextToken: z.string().optional(),
  IncludePlannedDeletion: z.boolean().default(false),
});
const batchInput = z.object({ SecretIdList: z.array(z.string()).max(20).optional(), Filters: filters });

/** The operations of Secrets Manager that the engine and its commands use. */
export const SECRET_OPERATIONS: Readonly<Record<string, Operation>> = {
  GetSecretValue: (store, input) => {
    const { SecretId, ...version } = getInput.parse(input);
    return value(usable(store, SecretId), version);
  },
  DescribeSecret: (store, input) => description(existing(store, secretId.parse(input).SecretId)),
  CreateSecret: (store, input) => {
    const { Name, Description, ...given } = createInput.parse(input);
    const before = store.find(Name);
    if (before) {
      throw new SecretError(
        'ResourceExistsException',
        `The operation failed because the secret ${Name} already exists.`,
      );
    }
    const secret = store.create(Name, Description);
    return { ARN: secret.arn, Name, ...(hasValue(given) ? { VersionId: put(secret, given).id } : {}) };
  },
  PutSecretValue: (store, input) => {
    const { SecretId, VersionStages, ...given } = putInput.parse(input);
    const secret = usable(store, SecretId);
    if (!hasValue(given)) {
      throw new SecretError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    }
    const { id } = put(secret, given, VersionStages);
    return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: stagesOf(secret, id) };
  },
  UpdateSecret: (store, input) => {
    const { SecretId, Description, ...given } = updateInput.parse(input);
    const secret = usable(store, SecretId);
    if (Description !== undefined) secret.description = Description;
    return { ARN: secret.arn, Name: secret.name, ...(hasValue(given) ? { VersionId: put(secret, given).id } : {}) };
  },
  DeleteSecret: (store, input) => {
    const { SecretId, ForceDeleteWithoutRecovery, RecoveryWindowInDays } = deleteInput.parse(input);
    const secret = existing(store, SecretId);
    secret.deleted = Date.now() / 1000 + (ForceDeleteWithoutRecovery ? 0 : RecoveryWindowInDays * SECONDS_PER_DAY);
    if (ForceDeleteWithoutRecovery) store.remove(secret);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: secret.deleted };
  },
  RestoreSecret: (store, input) => {
    const secret = existing(store, secretId.parse(input).SecretId);
    delete secret.deleted;
    return { ARN: secret.arn, Name: secret.name };
  },
  ListSecrets: (store, input) => {
    const { Filters, MaxResults, NextToken, IncludePlannedDeletion } = listInput.parse(input);
    const all = store
      .all()
      .filter((secret) => (IncludePlannedDeletion || secret.deleted === undefined) && matches(secret, Filters));
    const start = Number(NextToken ?? 0);
    const next = start + MaxResults;
    return {
      SecretList: all.slice(start, next).map(description),
      ...(next < all.length ? { NextToken: String(next) } : {}),
    };
  },
  BatchGetSecretValue: (store, input) => {
    const { SecretIdList, Filters } = batchInput.parse(input);
    const ids = SecretIdList ?? store.all().filter((secret) => matches(secret, Filters)).map(({ arn }) => arn);
    const outcomes = ids.map((id) => attempt(id, () => value(usable(store, id), {})));
    return {
      SecretValues: outcomes.flatMap(({ found }) => found ?? []),
      Errors: outcomes.flatMap(({ error }) => error ?? []),
    };
  },
};

type Given = Pick<z.infer<typeof putInput>, 'SecretString' | 'SecretBinary' | 'ClientRequestToken'>;

function existing(store: SecretStore, id: string): StoredSecret {
  const secret = store.find(id);
  if (!secret) throw new SecretError('ResourceNotFoundException', 'Secrets Manager can\'t find the specified secret.');
  return secret;
}

function usable(store: SecretStore, id: string): StoredSecret {
  const secret = existing(store, id);
  if (secret.deleted === undefined) return secret;
  throw new SecretError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
}

function value(
  secret: StoredSecret,
  { VersionId, VersionStage }: Pick<z.infer<typeof getInput>, 'VersionId' | 'VersionStage'>,
): unknown {
  const stage = VersionStage ?? 'AWSCURRENT';
  const id = VersionId ?? secret.stages.get(stage);
  const version = secret.versions.get(id ?? '');
  if (!version) {
    const sought = VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${VersionId}`;
    throw new SecretError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${sought}`,
    );
  }
  const { id: versionId, created, ...held } = version;
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    ...held,
    VersionStages: stagesOf(secret, versionId),
    CreatedDate: created,
  };
}

function description(secret: StoredSecret): unknown {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    CreatedDate: secret.created,
    LastChangedDate: secret.changed,
    DeletedDate: secret.deleted,
    VersionIdsToStages: Object.fromEntries(
      [...new Set(secret.stages.values())].map((id) => [id, stagesOf(secret, id)]),
    ),
  };
}

function hasValue(given: Given): boolean {
  return given.SecretString !== undefined || given.SecretBinary !== undefined;
}

/** The client's token names the version: the same token again changes nothing, unless its value differs. */
function put(secret: StoredSecret, given: Given, stages?: readonly string[]): { readonly id: string } {
  const { ClientRequestToken: token, SecretString, SecretBinary } = given;
  const before = token === undefined ? undefined : secret.versions.get(token);
  if (before) {
    if (before.SecretString === SecretString && before.SecretBinary === SecretBinary) return before;
    throw new SecretError(
      'ResourceExistsException',
      `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret `
        + `${secret.arn}.`,
    );
  }
  const held = {
    ...(SecretString === undefined ? {} : { SecretString }),
    ...(SecretBinary === undefined ? {} : { SecretBinary }),
  };
  return addVersion(secret, held, token, stages);
}

/**
 * Secrets Manager's filters: values are prefixes, `!` in front excludes; only names and descriptions are known here.
 */
function matches(secret: StoredSecret, wanted: z.infer<typeof filters>): boolean {
  return wanted.every(({ Key, Values }) => {
    const text = Key === 'description' ? secret.description ?? '' : secret.name;
    return Values.some((one) => (one.startsWith('!') ? !text.startsWith(one.slice(1)) : text.startsWith(one)));
  });
}

function attempt(id: string, find: () => unknown): { readonly found?: unknown; readonly error?: unknown } {
  try {
    return { found: find() };
  } catch (error) {
    if (error instanceof SecretError) return { error: { SecretId: id, ErrorCode: error.code, Message: error.message } };
    throw error;
  }
}

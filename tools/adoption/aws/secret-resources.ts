import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import { PRODUCT } from '../../../src/core/names';
import { CommandError } from '../../../src/cli/command-error';
import type { ResourceAdapter } from './resource-adapter';
import { allOf } from './resource-adapter';

/** Secrets are listed by name; no value is read. */
export function secrets(client: SecretsManagerClient): ResourceAdapter<'secret'> {
  return {
    list: async (scope) => {
      const all = await allOf(
        paginateListSecrets({ client }, { Filters: [{ Key: 'name', Values: [`${PRODUCT}/`] }] }),
        (page) => page.SecretList);
      return all.flatMap(
        ({ Name: name = '', ARN: id = '' }) =>
          (scope.isSecret(name) ? [{ kind: 'secret', name, id, revision: '' }] : []));
    },
    remove: async ({ name }) =>
      Promise.reject(new CommandError(
        `Deleting the secret ${name} failed: adoption deletes none; report this as a fault.`)),
  };
}

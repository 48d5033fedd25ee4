import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { resourceNames } from '../core/names';
import type { Directory } from '../core/ports/directory';
import type { SecretStore } from '../core/ports/secret-store';
import { PermittedSecrets } from '../secrets/permitted-secrets';
import { SecretsManagerSecrets } from '../secrets/secrets-manager';
import { required } from './environment';

/** The stage's secrets, each for the company that it was made for. */
export function permittedSecrets(directory: Pick<Directory, 'projectsOf'>): SecretStore {
  const hasCompany = async (companyId: string) => (await directory.projectsOf(companyId)).length > 0;
  const secrets = new SecretsManagerSecrets(new SecretsProvider());
  return new PermittedSecrets(secrets, resourceNames(required('stage')), hasCompany);
}

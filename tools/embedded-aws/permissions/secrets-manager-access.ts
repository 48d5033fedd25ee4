import type { AccessNeed } from './access-need';

type Input = Readonly<Record<string, unknown>>;

const SECRET_OPERATIONS: ReadonlySet<string> = new Set([
  'GetSecretValue',
  'DescribeSecret',
  'PutSecretValue',
  'UpdateSecret',
  'DeleteSecret',
  'RestoreSecret',
]);

/**
 * The permissions that a Secrets Manager call needs; undefined for operations that the embedded cloud does not offer.
 * Policies are matched against the ARN with its six random characters, also when the call names the secret by name;
 * `arnOf` gives it, made up for a secret that does not exist, as AWS does. AWS answers a batch secret by secret; here
 * one secret without permission refuses the batch.
 */
export function secretsManagerNeeds(
  operation: string,
  input: Input,
  arnOf: (secretId: string) => string,
): readonly AccessNeed[] | undefined {
  const need = (action: string, secretId: string): AccessNeed => ({
    action: `secretsmanager:${action}`,
    resource: arnOf(secretId),
    shownResource: secretId,
    conditionKeys: {
      'secretsmanager:SecretId': [arnOf(secretId)],
      ...(typeof input.VersionStage === 'string' ? { 'secretsmanager:VersionStage': [input.VersionStage] } : {}),
    },
  });
  if (SECRET_OPERATIONS.has(operation)) return [need(operation, String(input.SecretId))];
  switch (operation) {
    case 'CreateSecret':
      return [need(operation, String(input.Name))];
    case 'ListSecrets':
      return [{ action: 'secretsmanager:ListSecrets', resource: '*' }];
    case 'BatchGetSecretValue': {
      const ids = Array.isArray(input.SecretIdList) ? input.SecretIdList.map(String) : [];
      return [
        { action: 'secretsmanager:BatchGetSecretValue', resource: '*' },
        ...ids.map((id) => need('GetSecretValue', id)),
      ];
    }
    default:
      return undefined;
  }
}

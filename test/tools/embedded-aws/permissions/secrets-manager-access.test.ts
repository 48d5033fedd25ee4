import { secretsManagerNeeds } from '../../../../tools/embedded-aws/permissions/secrets-manager-access';

const brief = (needs: ReadonlyArray<{ readonly action: string; readonly resource: string }> | undefined) =>
  needs?.map(({ action, resource }) => `${action} ${resource}`);

describe('a Secrets Manager call needs', () => {
  const needs = (operation: string, input: object) =>
    brief(secretsManagerNeeds(operation, { ...input }, (id) => `arn:${id}-abcdef`));

  it('its action on the secret\'s full ARN', () => {
    expect(needs('GetSecretValue', { SecretId: 'a/b' })).toEqual(['secretsmanager:GetSecretValue arn:a/b-abcdef']);
    expect(needs('CreateSecret', { Name: 'a/b' })).toEqual(['secretsmanager:CreateSecret arn:a/b-abcdef']);
    expect(needs('ListSecrets', {})).toEqual(['secretsmanager:ListSecrets *']);
    expect(needs('BatchGetSecretValue', { SecretIdList: ['a'] })).toEqual([
      'secretsmanager:BatchGetSecretValue *',
      'secretsmanager:GetSecretValue arn:a-abcdef',
    ]);
    expect(needs('BatchGetSecretValue', {})).toEqual(['secretsmanager:BatchGetSecretValue *']);
    expect(needs('RotateSecret', { SecretId: 'a' })).toBeUndefined();
  });

  it('to name the stage of the version that it asks for', () => {
    expect(
      secretsManagerNeeds('GetSecretValue', { SecretId: 'a', VersionStage: 'AWSPREVIOUS' }, (id) => id)?.[0]
        ?.conditionKeys,
    ).toEqual({
      'secretsmanager:SecretId': ['a'],
      'secretsmanager:VersionStage': ['AWSPREVIOUS'],
    });
  });
});

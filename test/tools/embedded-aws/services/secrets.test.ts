import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { RunningServices } from './running-services';
import { startSample } from './running-services';

describe('the secrets of the embedded cloud', () => {
  let running: RunningServices;
  let client: SecretsManagerClient;
  const get = (SecretId: string, more: object = {}) => client.send(new GetSecretValueCommand({ SecretId, ...more }));
  const create = (Name: string, more: object = {}) => client.send(new CreateSecretCommand({ Name, ...more }));

  beforeAll(async () => {
    running = await startSample({
      Generated: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: { Name: 'generated', Description: 'made by AWS', GenerateSecretString: { PasswordLength: 12 } },
      },
      Shaped: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: {
          Name: 'shaped',
          GenerateSecretString: { SecretStringTemplate: '{"user":"engine"}', GenerateStringKey: 'password' },
        },
      },
      Written: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: { Name: 'written', SecretString: '{"ai_api_key":"local"}' },
      },
      Empty: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'empty' } },
    });
    client = running.administrator.secretsManager;
  });
  afterAll(() => running.stop());

  it('are those of the template, with the values that it gives or lets AWS generate', async () => {
    expect((await get('generated')).SecretString).toHaveLength(12);
    expect(JSON.parse((await get('shaped')).SecretString ?? '')).toEqual({
      user: 'engine',
      password: expect.stringMatching(/^.{32}$/),
    });
    expect(await get('written')).toMatchObject({
      SecretString: '{"ai_api_key":"local"}',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Date),
    });
    await expect(get('empty')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('staging label: AWSCURRENT'),
    });
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'generated' }));
    expect(described).toMatchObject({
      Name: 'generated',
      Description: 'made by AWS',
      ARN: running.template.byLogicalId('Generated').arn,
    });
  });

  it('are found by name, by ARN and by ARN without its random characters', async () => {
    const { ARN = '', VersionId } = await create('found/by/all', { SecretString: 'x' });
    expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:found\/by\/all-[A-Za-z0-9]{6}$/);
    for (const id of ['found/by/all', ARN, ARN.slice(0, -7)]) expect((await get(id)).VersionId).toBe(VersionId);
    await expect(get(`${ARN}x`)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
  });

  it('keep the version before the current one', async () => {
    const first = await create('versions', { SecretString: 'one' });
    const second = await client.send(new PutSecretValueCommand({ SecretId: 'versions', SecretString: 'two' }));
    expect(await get('versions')).toMatchObject({ SecretString: 'two', VersionId: second.VersionId });
    expect(await get('versions', { VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'one' });
    expect(await get('versions', { VersionId: first.VersionId })).toMatchObject({ SecretString: 'one' });
    await client.send(
      new UpdateSecretCommand({ SecretId: 'versions', SecretBinary: new Uint8Array([1, 2]), Description: 'binary' }),
    );
    expect(await get('versions')).toMatchObject({ SecretBinary: new Uint8Array([1, 2]) });
    const { VersionIdsToStages, Description } = await client.send(new DescribeSecretCommand({ SecretId: 'versions' }));
    expect(Object.values(VersionIdsToStages ?? {}).flat().sort()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
    expect(Description).toBe('binary');
    await expect(get('versions', { VersionId: 'absent-absent-absent-absent-absent' })).rejects.toThrow(
      'VersionId: absent',
    );
  });

  it('can hold a version that is not current yet', async () => {
    await create('pending', { SecretString: 'one' });
    await client.send(
      new PutSecretValueCommand({ SecretId: 'pending', SecretString: 'two', VersionStages: ['AWSPENDING'] }),
    );
    expect((await get('pending')).SecretString).toBe('one');
    expect((await get('pending', { VersionStage: 'AWSPENDING' })).SecretString).toBe('two');
  });

  it('take the same client token twice, but not with another value', async () => {
    await create('token');
    const put = (SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId: 'token', SecretString, ClientRequestToken: 'a'.repeat(32) }));
    expect((await put('one')).VersionId).toBe((await put('one')).VersionId);
    await expect(put('two')).rejects.toMatchObject({ name: 'ResourceExistsException' });
    await expect(create('token')).rejects.toMatchObject({ name: 'ResourceExistsException' });
    await expect(client.send(new PutSecretValueCommand({ SecretId: 'token' }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });

  it('are gone after a forced deletion, and come back before the end of a waiting time', async () => {
    await create('gone', { SecretString: 'x' });
    await client.send(new DeleteSecretCommand({ SecretId: 'gone', ForceDeleteWithoutRecovery: true }));
    await expect(get('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await create('waiting', { SecretString: 'x' });
    await client.send(new DeleteSecretCommand({ SecretId: 'waiting' }));
    await expect(get('waiting')).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('marked for deletion'),
    });
    expect((await client.send(new DescribeSecretCommand({ SecretId: 'waiting' }))).DeletedDate).toBeInstanceOf(Date);
    await client.send(new RestoreSecretCommand({ SecretId: 'waiting' }));
    expect((await get('waiting')).SecretString).toBe('x');
  });

  it('are listed by page and filter, without those marked for deletion', async () => {
    for (const name of ['list/a', 'list/b', 'list/c']) await create(name, { Description: `the ${name}` });
    await client.send(new DeleteSecretCommand({ SecretId: 'list/c' }));
    const list = (more: object) =>
      client.send(new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['list/'] }], ...more }));
    const names = (page: Awaited<ReturnType<typeof list>>) => page.SecretList?.map(({ Name }) => Name);
    const first = await list({ MaxResults: 1 });
    expect(names(first)).toEqual(['list/a']);
    expect(names(await list({ MaxResults: 1, NextToken: first.NextToken }))).toEqual(['list/b']);
    expect(names(await list({ IncludePlannedDeletion: true }))).toEqual(['list/a', 'list/b', 'list/c']);
    expect(
      names(
        await list({
          Filters: [
            { Key: 'name', Values: ['list/'] },
            { Key: 'description', Values: ['!the list/a'] },
          ],
        }),
      ),
    ).toEqual(['list/b']);
  });

  it('come in a batch, each missing one with its own error', async () => {
    await create('batch/a', { SecretString: 'a' });
    const batch = await client.send(new BatchGetSecretValueCommand({ SecretIdList: ['batch/a', 'batch/absent'] }));
    expect(batch.SecretValues).toMatchObject([{ Name: 'batch/a', SecretString: 'a' }]);
    expect(batch.Errors).toMatchObject([{ SecretId: 'batch/absent', ErrorCode: 'ResourceNotFoundException' }]);
    const filtered = await client.send(
      new BatchGetSecretValueCommand({ Filters: [{ Key: 'name', Values: ['batch/'] }] }),
    );
    expect(filtered.SecretValues).toHaveLength(1);
  });

  it('name what is wrong with a request', async () => {
    await expect(create('no blanks')).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Name'),
    });
  });
});

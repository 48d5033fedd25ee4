import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE, sampleCompany } from '../../tools/local-stage/sample/company';
import { grantItemKey } from '../../src/records/item-keys';

// A company record of any shape: each test changes what it is about.
type CompanyRecord = any; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Whom a record or key belongs to; the sample company unless another is named. */
export interface Tenant {
  readonly companyId?: string;
  readonly projectId: string;
}

/** Onboards one more project, like the sample's but for what `change` does to its record. */
export async function addProject(
  stage: LocalStage,
  tenant: Tenant,
  change: (record: CompanyRecord) => void = () => undefined,
): Promise<void> {
  const names = resourceNames(LOCAL_STAGE);
  const record: CompanyRecord = structuredClone(sampleCompany(names, '2026-11-22T10:00:00.000Z'));
  Object.assign(record, { company_id: tenant.companyId ?? SAMPLE.companyId, project_id: tenant.projectId });
  change(record);
  await stage.tables.send(new PutCommand({ TableName: names.companyTable, Item: record }));
}

/** Makes a key that the gateway knows, for these projects of one company. */
export async function addKey(
  stage: LocalStage,
  companyId: string,
  projectIds: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { value } = stage.cloud.createApiKey({ name: `${companyId}-${projectIds.join('-')}` });
  await stage.tables.send(
    new PutCommand({
      TableName: resourceNames(LOCAL_STAGE).companyTable,
      Item: {
        ...grantItemKey(createHash('sha256').update(value).digest('hex')),
        owner_company_id: companyId,
        project_ids: [...projectIds],
        created_at: '2026-11-22T10:00:00.000Z',
        ...more,
      },
    }),
  );
  return value;
}

/** The sections of a request that name its tenant. */
export function ofTenant({ companyId = SAMPLE.companyId, projectId }: Tenant) {
  return { company_data: { company_id: companyId, project_id: projectId } };
}

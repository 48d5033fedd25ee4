import { DynamoDbCompanies } from '../../records/dynamodb-companies';
import { DynamoDbTemplateHistory } from '../../records/dynamodb-template-history';
import { awsFailure, CommandError } from '../command-error';
import type { StageClients } from '../stage-clients';

export interface CompanyStores {
  readonly companies: DynamoDbCompanies;
  readonly history: DynamoDbTemplateHistory;
}

export function companyStores({ tables, names }: StageClients): CompanyStores {
  return { companies: new DynamoDbCompanies(tables, names.companyTable), history: new DynamoDbTemplateHistory(tables, names.companyTable) };
}

/** The record of a project; a sentence where there is none. */
export async function requireRecord(
  clients: StageClients, attempted: string, companyId: string, projectId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const record = await companyStores(clients).companies.find(companyId, projectId).catch((error: unknown) => { throw awsFailure(attempted, error); });
  if (record) return record;
  throw new CommandError(`${attempted} failed: the stage has no project ${projectId} of a company ${companyId}; see company list.`);
}

import type { StoredRecord } from '../../core/ports/company-records';
import type { OperationPorts } from '../../operations/ports';
import { CommandError } from '../command-error';
import type { CommandOutput } from '../command-host';

/** The record of a project; a sentence where there is none. */
export async function requireRecord(
  { companies }: Pick<OperationPorts, 'companies'>,
  { company, project, attempted }: { readonly company: string; readonly project: string; readonly attempted: string },
  { command }: CommandOutput,
): Promise<StoredRecord> {
  const record = await companies.find(company, project);
  if (record) return record;
  const list = command('company', 'list');
  throw new CommandError(
    `${attempted} failed: the stage has no project ${project} of a company ${company}; see ${list}`,
  );
}

import { resourceNames } from '../../core/names';
import type { ResourceNames } from '../../core/names';
import { LOCAL_STAGE_NAME } from '../../core/local-access';
import { timestamp } from '../../core/ports/clock';
import { awsFailure, CommandError } from '../command-error';
import type { CliStage, StageClients } from '../stage-clients';
import { checkRecord, completeRecord } from './check-record';
import { companyStores } from './company-stores';
import type { FieldChange } from './difference';
import { differences } from './difference';
import type { Finding, RecordDocument } from './document';
import { findingLine, readDocument, readText } from './document';
import { mergeRecord } from './merge-record';
import type { PlannedWrite } from './write-record';
import { withVersions, writeRecord } from './write-record';

/** The names that a file's record is checked against; the local stage need not run for that. */
export function namesOf(stage: CliStage): ResourceNames {
  return resourceNames(stage === 'local' ? LOCAL_STAGE_NAME : stage);
}

export interface CheckedFile {
  readonly document?: RecordDocument;
  readonly findings: readonly Finding[];
}

export function checkFile(file: string, names: ResourceNames): CheckedFile {
  const read = readDocument(file, readText(file));
  if (!read.readable) return { findings: read.findings };
  return { document: read.document, findings: checkRecord(read.document, names) };
}

/** The file's record, or a sentence that counts its faults; each of them has been told by `tell`. */
export function requireSound(file: string, { document, findings }: CheckedFile, tell: (line: string) => void): RecordDocument {
  for (const finding of findings) tell(findingLine(file, finding));
  const faults = findings.filter(({ severity }) => severity === 'fault').length;
  if (document && faults === 0) return document;
  throw new CommandError(`${file} has ${faults} fault${faults === 1 ? '' : 's'}, and nothing was written: mend ${faults === 1 ? 'it' : 'them'}, then run the command again.`);
}

export interface PlannedApply extends PlannedWrite {
  readonly changes: readonly FieldChange[];
}

/** What applying a file would change. */
export async function planApply(clients: StageClients, document: RecordDocument): Promise<PlannedApply> {
  const given = completeRecord(document.value, clients.names);
  const stores = companyStores(clients);
  try {
    const before = await stores.companies.find(String(given.company_id), String(given.project_id));
    const after = await withVersions(stores, before, before ? mergeRecord(before, given) : given);
    return { ...(before ? { before } : {}), after, changes: differences(before ?? {}, after) };
  } catch (error) {
    throw awsFailure('Reading the stored record', error);
  }
}

/** Writes what was planned, unless the record has changed since it was read. */
export async function carryOut(clients: StageClients, attempted: string, plan: PlannedWrite, by: string): Promise<void> {
  const isWritten = await writeRecord(companyStores(clients), plan, by, timestamp(Date.now()))
    .catch((error: unknown) => { throw awsFailure(attempted, error); });
  if (isWritten) return;
  throw new CommandError(plan.before
    ? `${attempted} failed, and nothing was written: somebody has changed the record in between; run the command again to see the difference to what it is now.`
    : `${attempted} failed, and nothing was written: somebody has created this project in between; run the command again to see the difference.`);
}

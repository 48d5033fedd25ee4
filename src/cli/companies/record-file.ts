import { existsSync, writeFileSync } from 'node:fs';
import type { ResourceNames } from '../../core/names';
import { resourceNames } from '../../core/names';
import { LOCAL_STAGE_NAME } from '../../core/local-access';
import type { RecordRules } from '../../operations/companies/check-record';
import { checkRecord } from '../../operations/companies/check-record';
import type { FieldChange } from '../../operations/companies/difference';
import type { WriteResult } from '../../operations/companies/change-record';
import { CommandError } from '../command-error';
import { plural } from '../findings';
import { SHELL_CLOCK } from '../shell-clock';
import type { CliStage } from '../stage-access';
import { VENDOR_DATA } from '../vendor-data';
import type { FileFinding, RecordDocument } from './document';
import { findingLine, placed, readDocument, readText } from './document';

/** The names that a file's record is checked against; the local stage need not run for that. */
export function namesOf(stage: CliStage): ResourceNames {
  return resourceNames(stage === 'local' ? LOCAL_STAGE_NAME : stage);
}

/** What a file's record is checked against. */
export function rulesOf(names: ResourceNames): RecordRules {
  return { names, templateFields: VENDOR_DATA.templateFields, now: SHELL_CLOCK.now() };
}

export interface CheckedFile {
  readonly document?: RecordDocument;
  readonly findings: readonly FileFinding[];
}

export function checkFile(file: string, names: ResourceNames): CheckedFile {
  const read = readDocument(file, readText(file));
  if (!read.readable) return { findings: read.findings };
  return { document: read.document, findings: placed(read.document, checkRecord(read.document.value, rulesOf(names))) };
}

/** The file's record, or a sentence that counts its faults; each of them was reported. */
export function requireSound(
  file: string, { document, findings }: CheckedFile, report: (line: string) => void,
): RecordDocument {
  for (const finding of findings) report(findingLine(file, finding));
  const faults = findings.filter(({ severity }) => severity === 'fault').length;
  if (document && faults === 0) return document;
  throw new CommandError(
    `${file} has ${plural(faults, 'fault')}, and nothing was written: mend the file, then run the command again.`,
  );
}

/** A file that exists is never overwritten. */
export function refuseExisting(file: string | undefined): void {
  if (file === undefined || !existsSync(file)) return;
  throw new CommandError(`Writing ${file} failed: there is such a file already; give another name.`);
}

export function writeNewFile(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new CommandError(`Writing ${file} failed: check that its folder exists and may be written to.`, {
      cause: error,
    });
  }
}

const LONGEST_SHOWN = 200;

/** `+` is new, `-` goes, `~` changes. */
export function differenceLines(changes: readonly FieldChange[]): readonly string[] {
  return changes.map((change) => {
    if (!('before' in change)) return `  + ${change.path}: ${shown(change.after)}`;
    if (!('after' in change)) return `  - ${change.path}: ${shown(change.before)}`;
    return `  ~ ${change.path}: ${shown(change.before)} → ${shown(change.after)}`;
  });
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}… (${text.length} characters)`;
}

export function requireWritten(attempted: string, result: WriteResult): void {
  const why = {
    written: undefined,
    changed_meanwhile: 'the record was changed in between',
    created_meanwhile: 'the project was created in between',
  }[result];
  if (why === undefined) return;
  throw new CommandError(
    `${attempted} failed, and nothing was written: ${why}; run the command again to see the difference to what it `
      + 'is now.',
  );
}

import { existsSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { namesOf } from '../companies/apply';
import { requireRecord } from '../companies/company-stores';
import { readDocument, readText } from '../companies/document';
import type { CliStage } from '../stage-clients';
import { draftRecord } from './draft';

interface MigrateOptions {
  readonly file?: string;
  readonly out?: string;
}

/** `company migrate`: a record of the old engine as a file for this one. */
export function migrateCommand(host: CommandHost): Command {
  return new Command('migrate')
    .description('drafts a file from a record of the old engine: what is dead is told and left out, and only what a person must write is missing. Writes to no table')
    .argument('[company]', 'of the stored record, unless --file is given')
    .argument('[project]')
    .option('--file <file>', 'a record as JSON or YAML instead of a stored one')
    .option('--out <file>', 'where to write the draft; standard output without it. A file that exists is never overwritten')
    .addHelpText('after', '\nExamples:\n  engine company migrate harbour-and-pine nurses --stage prod --out draft.yaml\n  engine company migrate --file record.json > draft.yaml')
    .action(async (company: string | undefined, project: string | undefined, { file, out }: MigrateOptions, command: Command) => {
      const { stage, json } = command.optsWithGlobals<{ readonly stage: CliStage; readonly json?: true }>();
      if (out !== undefined && existsSync(out)) throw new CommandError(`Writing ${out} failed: there is such a file already; give another name.`);
      let record: Readonly<Record<string, unknown>> = {};
      if (file !== undefined) {record = readRecord(file);} else if (company !== undefined && project !== undefined) {
        await withStage(host, command, async (clients) => { record = await requireRecord(clients, 'Reading the old record', company, project); });
      } else {command.error('error: say which record: <company> <project>, or --file <file>');}
      const draft = draftRecord(record, namesOf(stage));
      if (out !== undefined) writeFileSync(out, draft.yaml, { flag: 'wx' });
      if (json) return host.print(JSON.stringify(draft, undefined, 2));
      for (const dead of draft.dead) host.complain(`dead: ${dead} (the Assistants API is gone)`);
      for (const changed of draft.changed) host.complain(`changed: ${changed}`);
      for (const open of draft.toDecide) host.complain(`to write: ${open}`);
      if (out === undefined) host.print(draft.yaml.trimEnd());
      else host.complain(`${out} is written; complete it, then: engine company validate ${out}`);
    });
}

function readRecord(file: string): Readonly<Record<string, unknown>> {
  const read = readDocument(file, readText(file));
  if (read.readable) return read.document.value;
  const [first] = read.findings;
  throw new CommandError(`Reading ${file} failed: line ${first?.line ?? 1}, column ${first?.column ?? 1}: ${first?.message ?? 'it cannot be read'}; mend the file.`);
}

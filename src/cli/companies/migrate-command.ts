import { Command } from 'commander';
import type { StoredRecord } from '../../core/ports/company-records';
import { draftRecord } from '../../operations/companies/draft-record';
import { CommandError } from '../command-error';
import type { CommandHost, GlobalOptions } from '../command-host';
import { outputOf, withStage } from '../command-host';
import { yamlLines } from '../yaml-text';
import { readDocument, readText } from './document';
import { namesOf, refuseExisting, writeNewFile } from './record-file';
import { requireRecord } from './require-record';

interface MigrateOptions {
  readonly file?: string;
  readonly out?: string;
}

const EXAMPLES = `
Examples:
  engine company migrate harbour-and-pine nurses --stage prod --out draft.yaml
  engine company migrate --file record.json > draft.yaml`;

/** `company migrate`: a record of the old engine as a file for this one. */
export function migrateCommand(host: CommandHost): Command {
  return new Command('migrate')
    .description(
      'drafts a file from a record of the old engine; only what a person must write is missing. Writes to no table',
    )
    .argument('[company]', 'of the stored record, unless --file is given')
    .argument('[project]')
    .option('--file <file>', 'a record as JSON or YAML instead of a stored one')
    .option(
      '--out <file>',
      'where to write the draft; standard output without it. A file that exists is never overwritten',
    )
    .addHelpText('after', EXAMPLES)
    .action(
      async (
        company: string | undefined,
        project: string | undefined,
        { file, out }: MigrateOptions,
        command: Command,
      ) => {
        refuseExisting(out);
        const output = outputOf(host, command);
        const record = file === undefined ? await storedRecord(host, command, company, project) : readRecord(file);
        const { record: drafted, ...draft } = draftRecord(
          record,
          namesOf(command.optsWithGlobals<GlobalOptions>().stage),
        );
        const open = draft.toDecide.map((one) => `   ${one}`).join('\n');
        const yaml = yamlLines(
          drafted,
          ` Drafted from a record of the old engine. To be written by a person:\n${open}`,
        );
        if (out !== undefined) writeNewFile(out, `${yaml.join('\n')}\n`);
        for (const dead of draft.dead) output.progress(`dead: ${dead} (the Assistants API is gone)`);
        for (const changed of draft.changed) output.progress(`changed: ${changed}`);
        for (const one of draft.toDecide) output.progress(`to write: ${one}`);
        output.result({ yaml: `${yaml.join('\n')}\n`, ...draft }, out === undefined ? yaml : []);
        if (out !== undefined) {
          output.progress(`${out} is written; complete it, then: ${output.command('company', 'validate', out)}`);
        }
      },
    );
}

async function storedRecord(
  host: CommandHost, command: Command, company: string | undefined, project: string | undefined,
): Promise<StoredRecord> {
  if (company === undefined || project === undefined) {
    return command.error('error: it is not said which record; give <company> <project>, or --file <file>');
  }
  const attempted = 'Reading the old record';
  let record: StoredRecord = {};
  await withStage(host, command, attempted, async (stage, output) => {
    record = await requireRecord(stage, { company, project, attempted }, output);
  });
  return record;
}

function readRecord(file: string): StoredRecord {
  const read = readDocument(file, readText(file));
  if (read.readable) return read.document.value;
  const [{ line, column, message } = { line: 1, column: 1, message: 'it cannot be read' }] = read.findings;
  throw new CommandError(`Reading ${file} failed: line ${line}, column ${column}: ${message}; mend the file.`);
}

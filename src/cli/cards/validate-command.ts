import { Command } from 'commander';
import { checkAnswers, placeByName } from '../../operations/companies/check-cards';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { findingLine } from '../companies/document';
import { rulesOf } from '../companies/record-file';
import { requireRecord } from '../companies/require-record';
import { plural } from '../findings';
import { checkCardFile } from './card-file';
import { ofProject } from './card-words';

interface ValidateOptions {
  readonly file?: string;
  readonly strict?: true;
}

const EXAMPLES = `
Examples:
  engine card validate harbour-and-pine nurses --file parking.yaml
  engine card validate harbour-and-pine nurses --strict --stage prod`;

/** `card validate`: what is wrong with a file's cards within their project, or with those that are stored. */
export function validateCommand(host: CommandHost): Command {
  const attempted = 'Validating the cards';
  return ofProject(new Command('validate').description(
    "names every fault of a file's cards, or of the stored ones as of today, such as facts that ran out; writes nothing",
  ))
    .option('--file <file>', 'YAML or JSON as card set takes it; without it the stored cards are judged')
    .option('--strict', 'warnings fail too')
    .addHelpText('after', EXAMPLES)
    .action(async (company: string, project: string, { file, strict }: ValidateOptions, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const record = await requireRecord(stage, { company, project, attempted }, output);
        const what = file ?? `${company} ${project}`;
        const inFile = file === undefined ? undefined : checkCardFile(file, record, stage).findings;
        const findings = inFile ?? checkAnswers(record, rulesOf(stage.names))
          .map((found) => ({ ...found, path: placeByName(record, found.path) }));
        const lines = inFile && file !== undefined ? inFile.map((found) => findingLine(file, found))
          : findings.map(({ severity, path, message }) => `${severity === 'warning' ? 'warning: ' : ''}${path} ${message}`);
        const failing = findings.filter(({ severity }) => strict || severity === 'fault').length;
        const warned = findings.length > 0 ? `, with ${plural(findings.length, 'warning')}` : '';
        output.result({ valid: failing === 0, findings }, [
          ...lines, ...(failing === 0 ? [`${what}: the cards are valid${warned}`] : []),
        ]);
        if (failing === 0) return;
        const next = file === undefined ? 'set them anew' : 'mend the file';
        throw new CommandError(`${what}: the cards have ${plural(failing, 'fault')}: ${next}, then validate again.`);
      }),
    );
}

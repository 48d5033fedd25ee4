import { Command } from 'commander';
import type { StoredRecord } from '../../core/ports/company-records';
import { planChange, writePlan } from '../../operations/companies/change-record';
import { checkAnswers, placeByName, withGiven, withoutCard } from '../../operations/companies/check-cards';
import { cardsOf, findCardVersion, listCardVersions } from '../../operations/companies/card-versions';
import { audited, AUDITED_FIELDS } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { differenceLines, requireSound, requireWritten, rulesOf } from '../companies/record-file';
import { requireRecord } from '../companies/require-record';
import { actorOf, confirmed } from '../decisions';
import { plural } from '../findings';
import type { Stage } from '../stage';
import type { VersionOptions } from '../versions';
import { changing, versionLines } from '../versions';
import { wholeNumberTo } from '../whole-number';
import { checkCardFile } from './card-file';
import { listCommand, showCommand } from './card-pages';
import { ofCard, ofProject, requireCard } from './card-words';
import { validateCommand } from './validate-command';

/** `card`: the answers that a project has approved, each version kept. */
export function cardCommands(host: CommandHost): Command {
  return new Command('card')
    .description('the answers that a project has approved: list, check, change and roll back; every version is kept')
    .addCommand(listCommand(host))
    .addCommand(showCommand(host))
    .addCommand(validateCommand(host))
    .addCommand(setCommand(host))
    .addCommand(removeCommand(host))
    .addCommand(historyCommand(host))
    .addCommand(rollbackCommand(host));
}

const SET_EXAMPLES = `
Examples:
  engine card set harbour-and-pine nurses --file parking.yaml
  engine card set harbour-and-pine nurses --file cards.yaml --yes --json`;

function setCommand(host: CommandHost): Command {
  const attempted = 'Setting the cards';
  return changing(ofProject(new Command('set').description(
    "adds a file's cards and facts, or replaces those of the same names; the others stay as they are",
  )))
    .requiredOption('--file <file>', 'YAML or JSON: one card, or answer_cards and knowledge as in a company\'s file')
    .addHelpText('after', SET_EXAMPLES)
    .action(
      async (company: string, project: string, options: VersionOptions & { readonly file: string }, command: Command) =>
        withStage(host, command, attempted, async (stage, output) => {
          const record = await requireRecord(stage, { company, project, attempted }, output);
          const checked = checkCardFile(options.file, record, stage);
          requireSound(options.file, checked, output.progress);
          const { cards, knowledge } = checked.given;
          const what = [
            ...(cards.length > 0 ? [plural(cards.length, 'card')] : []),
            ...(knowledge.length > 0 ? [plural(knowledge.length, 'fact')] : []),
          ].join(' and ');
          const next = withGiven(record, checked.given);
          await change({ host, stage, output, record, options, next, question: `Set ${what} of` });
        }),
    );
}

function removeCommand(host: CommandHost): Command {
  const attempted = 'Removing the card';
  return changing(ofCard(new Command('remove').description('takes a card out; its versions stay and can be taken back')))
    .addHelpText('after', '\nExamples:\n  engine card remove harbour-and-pine nurses parking --yes')
    .action(async (company: string, project: string, card: string, options: VersionOptions, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const record = await requireRecord(stage, { company, project, attempted }, output);
        requireCard(record, card, attempted, output);
        const next = withoutCard(record, card);
        await change({ host, stage, output, record, options, next, question: `Remove the card ${card} of` });
      }),
    );
}

function historyCommand(host: CommandHost): Command {
  const attempted = 'Reading the history';
  return ofCard(new Command('history').description('every version of a card, newest first, with when and by whom'))
    .addHelpText('after', '\nExamples:\n  engine card history harbour-and-pine nurses pay --stage prod')
    .action(async (company: string, project: string, card: string, _options: object, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const record = await requireRecord(stage, { company, project, attempted }, output);
        const versions = await listCardVersions(stage, record, card);
        if (versions.length === 0) requireCard(record, card, attempted, output);
        const current = cardsOf(record).get(card)?.version;
        output.result(versions, versionLines(versions, current));
      }),
    );
}

interface RollbackOptions extends VersionOptions {
  readonly to: number;
}

const ROLLBACK_EXAMPLES = `
Examples:
  engine card rollback harbour-and-pine nurses pay --to 2`;

function rollbackCommand(host: CommandHost): Command {
  const attempted = 'Rolling back';
  return changing(ofCard(new Command('rollback').description(
    'makes a new version with the content of an earlier one, also of a card that was removed',
  )))
    .requiredOption('--to <version>', 'the earlier version (from card history)', wholeNumberTo(Infinity))
    .addHelpText('after', ROLLBACK_EXAMPLES)
    .action(
      async (company: string, project: string, card: string, options: RollbackOptions, command: Command) =>
        withStage(host, command, attempted, async (stage, output) => {
          const record = await requireRecord(stage, { company, project, attempted }, output);
          const earlier = await findCardVersion(stage, record, card, options.to);
          if (!earlier) throw noVersion(record, card, options.to, output);
          const next = withGiven(record, { cards: [earlier], knowledge: [] });
          const question = `Take back version ${options.to} of the card ${card} of`;
          await change({ host, stage, output, record, options, next, question });
        }),
    );
}

function noVersion(record: StoredRecord, card: string, version: number, { command }: CommandOutput): CommandError {
  const history = command('card', 'history', String(record.company_id), String(record.project_id), card);
  return new CommandError(
    `Finding version ${version} failed: no such version of the card ${card} was kept; see ${history}`,
  );
}

interface CardChange {
  readonly host: CommandHost;
  readonly stage: Stage;
  readonly output: CommandOutput;
  readonly record: StoredRecord;
  readonly options: VersionOptions;
  readonly next: StoredRecord;
  /** Begins what is asked. */
  readonly question: string;
}

/** Shows what changes, refuses what would be wrong then and is not now, asks, and writes. */
async function change({ host, stage, output, record, options, next, question }: CardChange): Promise<void> {
  const { changes, ...plan } = await planChange(stage, record, next);
  const versions = versionsOf(plan.after);
  if (changes.length === 0) {
    return output.result({ outcome: 'unchanged', versions, changes }, ['nothing differs from what is stored']);
  }
  requireNothingBroken(record, next, stage);
  for (const line of differenceLines(changes)) output.progress(line);
  const actor = actorOf(host, options.by);
  const whose = `${String(record.company_id)} ${String(record.project_id)} on ${stage.name}`;
  await confirmed(host, `${question} ${whose}?`, options.yes);
  requireWritten('Changing the cards', await writePlan(stage, { ...plan, changes }, actor));
  const before = versionsOf(record);
  const ids = [...new Set([...Object.keys(before), ...Object.keys(versions)])]
    .filter((id) => before[id] !== versions[id]);
  const facts = changes.flatMap(({ path }) => /^knowledge\.[^.]+/.exec(path)?.[0] ?? []);
  const fields = [String(record.project_id), ...ids, ...new Set(facts)].slice(0, AUDITED_FIELDS);
  await audited(stage, host, { action: 'change_card', company: String(record.company_id), fields });
  const lines = ids
    .map((id) => (versions[id] === undefined ? `${id}: removed` : `${id}: version ${versions[id]} counts from now on`));
  output.result({ outcome: 'changed', versions, changes }, lines.length > 0 ? lines : ['changed; it counts from now on']);
}

function versionsOf(record: StoredRecord): Readonly<Record<string, number | undefined>> {
  return Object.fromEntries([...cardsOf(record)].map(([id, { version }]) => [id, Number(version)]));
}

/** What comes from the history, or goes, is no file whose lines could be named. */
function requireNothingBroken(record: StoredRecord, next: StoredRecord, { names }: Stage): void {
  const rules = rulesOf(names);
  const faultsOf = (one: StoredRecord) => checkAnswers(one, rules)
    .filter(({ severity }) => severity === 'fault')
    .map(({ path, message }) => `${placeByName(one, path)} ${message}`);
  const before = new Set(faultsOf(record));
  const broken = faultsOf(next).filter((words) => !before.has(words));
  if (broken.length === 0) return;
  const words = broken.join('; ');
  throw new CommandError(`Changing the cards failed, and nothing was written: ${words}. Mend it in a file, and set that.`);
}

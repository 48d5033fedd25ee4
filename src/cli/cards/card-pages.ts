import { Command } from 'commander';
import type { StoredRecord } from '../../core/ports/company-records';
import { findCardVersion, cardsOf } from '../../operations/companies/card-versions';
import { checkAnswers, placeByName } from '../../operations/companies/check-cards';
import { plainRecord } from '../../operations/companies/readiness';
import { isFields } from '../../operations/companies/known-fields';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { rulesOf } from '../companies/record-file';
import { requireRecord } from '../companies/require-record';
import { plural } from '../findings';
import { table, wrap } from '../layout';
import { DEFAULT_COLUMNS } from '../output';
import { wholeNumberTo } from '../whole-number';
import { yamlLines } from '../yaml-text';
import { ofProject, requireCard } from './card-words';

const LIST_EXAMPLES = `
Examples:
  engine card list harbour-and-pine nurses --stage prod
  engine card list harbour-and-pine nurses --json`;

/** `card list`: a project's cards, what is wrong with each, and whether any is sent. */
export function listCommand(host: CommandHost): Command {
  const attempted = 'Listing the cards';
  return ofProject(new Command('list').description('the cards of a project: version, languages, and what is wrong with each'))
    .addHelpText('after', LIST_EXAMPLES)
    .action(async (company: string, project: string, _options: object, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const record = await requireRecord(stage, { company, project, attempted }, output);
        const findings = checkAnswers(record, rulesOf(stage.names));
        const cards = [...cardsOf(record).values()].map((card, index) => ({
          ...shown(card),
          problems: findings.filter(({ path }) => path.startsWith(`answer_cards.${index}.`)).map(({ message }) => message),
        }));
        const others = findings.filter(({ path }) => !/^answer_cards\.\d+\./.test(path))
          .map(({ path, message }) => `${placeByName(record, path)} ${message}`);
        const answers = record.replies === 'answer';
        output.result({ answers, cards, problems: others }, [
          ...table(cards.map(({ card_id: id, version, languages, channels, when, problems }) => [
            id, String(version), languages.join(' '), channels.join(' ') || 'every channel',
            problems.length === 0 ? when : `${when} (${problems.join('; ')})`,
          ]), host.columns),
          ...(cards.length === 0 ? [`no cards yet; set one: ${output.command('card', 'set', '--help')}`] : []),
          ...others.flatMap((line) => wrap(line, host.columns ?? DEFAULT_COLUMNS)),
          answers ? `${plural(cards.length, 'card')}; the engine answers (replies: answer)`
            : `${plural(cards.length, 'card')}; none is sent: the project does not say replies: answer`,
        ]);
      }),
    );
}

function shown(card: StoredRecord) {
  const { card_id: id, version, languages, channels, when } = card;
  return {
    card_id: String(id),
    version: Number(version),
    languages: isFields(languages) ? Object.keys(languages) : [],
    when: typeof when === 'string' ? when : '',
    channels: Array.isArray(channels) ? channels.map(String) : [],
  };
}

interface ShowOptions {
  readonly number?: number;
}

const SHOW_EXAMPLES = `
Examples:
  engine card show harbour-and-pine nurses > cards.yaml
  engine card show harbour-and-pine nurses pay > pay.yaml
  engine card show harbour-and-pine nurses pay --number 2`;

/** `card show`: cards as a file to be edited and set. */
export function showCommand(host: CommandHost): Command {
  const attempted = 'Showing the card';
  return ofProject(new Command('show').description('a card, or all of them with their facts, ready to be edited and set'))
    .argument('[card]', "the card's card_id; without it all of them, and knowledge")
    .option('--number <version>', 'an earlier version of the card', wholeNumberTo(Infinity))
    .addHelpText('after', SHOW_EXAMPLES)
    .action(
      async (company: string, project: string, card: string | undefined, { number }: ShowOptions, command: Command) => {
        if (card === undefined && number !== undefined) command.error('error: --number needs the name of a card');
        return withStage(host, command, attempted, async (stage, output) => {
          const record = await requireRecord(stage, { company, project, attempted }, output);
          if (card === undefined) {
            const { answer_cards = [], knowledge = [] } = plainRecord(record);
            return output.result({ answer_cards, knowledge }, yamlLines({ answer_cards, knowledge }));
          }
          const found = number === undefined ? requireCard(record, card, attempted, output)
            : await findCardVersion(stage, record, card, number);
          if (found) return output.result(found, yamlLines(found));
          const history = output.command('card', 'history', company, project, card);
          throw new CommandError(`${attempted} failed: no version ${number} of the card ${card} was kept; see ${history}`);
        });
      },
    );
}

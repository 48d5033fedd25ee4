import type { Command } from 'commander';
import type { StoredRecord } from '../../core/ports/company-records';
import { cardsOf } from '../../operations/companies/card-versions';
import { CommandError } from '../command-error';
import type { CommandOutput } from '../command-host';

export function ofProject(command: Command): Command {
  return command.argument('<company>').argument('<project>');
}

export function ofCard(command: Command): Command {
  return ofProject(command).argument('<card>', "the card's card_id");
}

/** The card as it is stored; a sentence where there is none. */
export function requireCard(
  record: StoredRecord, card: string, attempted: string, { command }: CommandOutput,
): StoredRecord {
  const found = cardsOf(record).get(card);
  if (found) return found;
  const [company, project] = [String(record.company_id), String(record.project_id)];
  const list = command('card', 'list', company, project);
  throw new CommandError(`${attempted} failed: ${company} ${project} has no card ${card}; see ${list}`);
}

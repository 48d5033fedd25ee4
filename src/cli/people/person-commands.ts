import { Command } from 'commander';
import { timestamp } from '../../core/ports/clock';
import { DynamoDbPerson } from '../../records/dynamodb-person';
import { awsFailure, CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { maskAddress } from '../masking';
import { confirmed } from '../operator';
import type { StageClients } from '../stage-clients';
import { SHELL_CLOCK, stageRecords } from '../stage-records';
import type { Erased } from './erase';
import { erasePerson } from './erase';
import { ELSEWHERE, exportPerson } from './export';
import { findHeld } from './held';

const ADDRESS = 'a phone number (E.164) or an e-mail address';

/** `person`: what data protection law gives the people who are written to. */
export function personCommands(host: CommandHost): Command {
  return new Command('person')
    .description('hand over or erase what is held of a person')
    .addCommand(exportCommand(host))
    .addCommand(eraseCommand(host));
}

function exportCommand(host: CommandHost): Command {
  return new Command('export')
    .description('everything that the stage holds of a person, as JSON on standard output: conversations, replies, opt-outs, idempotency records')
    .argument('<address>', ADDRESS)
    .addHelpText('after', '\nExamples:\n  engine person export +447700900210 --stage prod > person.json')
    .action(async (address: string, _options: object, command: Command) => withStage(host, command, async (clients, output) => {
      requireAddress(address, 'Exporting');
      const held = await exportPerson(personOf(clients), address, timestamp(Date.now())).catch((error: unknown) => { throw awsFailure('Exporting', error); });
      output.result(held, [JSON.stringify(held, undefined, 2)]);
    }));
}

function eraseCommand(host: CommandHost): Command {
  return new Command('erase')
    .description('removes a person\'s conversations for good; ends what was not sent yet, keeps the opt-outs, and may be repeated at any time')
    .argument('<address>', ADDRESS)
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExamples:\n  engine person erase +447700900210 --stage prod\n  engine person erase amara.okafor@example.com --yes --json')
    .action(async (address: string, { yes }: { readonly yes?: true }, command: Command) => withStage(host, command, async (clients, output) => {
      requireAddress(address, 'Erasing');
      const person = personOf(clients);
      const { conversations } = await findHeld(person, address).catch((error: unknown) => { throw awsFailure('Erasing', error); });
      const amount = counted(conversations.length);
      if (conversations.length > 0) await confirmed(host, `Erase ${amount} of ${maskAddress(address)}? This cannot be taken back.`, yes);
      const ports = { person, conversations: stageRecords(clients).conversations, clock: SHELL_CLOCK };
      const erased = await erasePerson(ports, address).catch((error: unknown) => { throw awsFailure('Erasing', error); });
      const { otherAddresses, ...told } = erased;
      output.result({ ...told, otherAddresses: otherAddresses.map(maskAddress), elsewhere: ELSEWHERE }, erasedLines(erased));
      if (erased.erased + erased.inFlight.length === 0) {
        throw new CommandError(`Erasing found no conversation of ${maskAddress(address)} in any spelling: check the address; if it is right, nothing is held or all was erased before.`);
      }
      if (erased.inFlight.length > 0) {
        throw new CommandError(`Erasing stopped before ${counted(erased.inFlight.length)}: a vendor has not told yet what became of the message; run the command again in a minute, or once conversation show says that it is settled (15 minutes for Twilio, 24 hours for SendGrid).`);
      }
    }));
}

function erasedLines({ erased, ended, inFlight, optOutsKept, otherAddresses }: Erased): readonly string[] {
  return [
    `erased: ${counted(erased)}${ended === 0 ? '' : `, ${ended} of them before the message was sent`}`,
    ...inFlight.map((id) => `not yet: ${id}`),
    `kept: ${optOutsKept === 0 ? 'no opt-out' : `the opt-out from ${optOutsKept} sender${optOutsKept === 1 ? '' : 's'}, which has to be respected`}; idempotency records of requests, without the recipient`,
    ...(otherAddresses.length === 0 ? [] : [`These conversations also named ${otherAddresses.map(maskAddress).join(', ')}: if that is the same person, erase it as well.`]),
    ...ELSEWHERE,
  ];
}

function counted(amount: number): string {
  return `${amount} conversation${amount === 1 ? '' : 's'}`;
}

/** A slip of the pen would otherwise read as "nothing is held". */
function requireAddress(address: string, attempted: string): void {
  if (/^\+[1-9]\d{6,14}$/.test(address) || /^[^\s@#]+@[^\s@#]+$/.test(address)) return;
  throw new CommandError(`${attempted} failed: the address is neither a phone number as +447700900210 nor an e-mail address; nothing was looked up.`);
}

function personOf({ tables, names }: StageClients): DynamoDbPerson {
  return new DynamoDbPerson(tables, names.conversationTable);
}

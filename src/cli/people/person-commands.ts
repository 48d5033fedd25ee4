import { Command } from 'commander';
import { maskAddress } from '../../operations/masking';
import type { Erased } from '../../operations/people/erase-person';
import { erasePerson } from '../../operations/people/erase-person';
import { ELSEWHERE, exportPerson } from '../../operations/people/export-person';
import { findHeld } from '../../operations/people/held';
import { ANY_COMPANY, audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { confirmed } from '../decisions';
import { plural } from '../findings';
import { visibleJson } from '../visible-text';
import { addCommand } from './add-command';

const ADDRESS = 'a phone number (E.164) or an e-mail address';

/** `person`: what data protection law gives the people who are written to, and who may sign in to the console. */
export function personCommands(host: CommandHost): Command {
  return new Command('person')
    .description('hand over or erase what is held of a person; let a person in to the console')
    .addCommand(addCommand(host))
    .addCommand(exportCommand(host))
    .addCommand(eraseCommand(host));
}

function exportCommand(host: CommandHost): Command {
  return new Command('export')
    .description(
      'everything that the stage holds of a person, as JSON: conversations, replies, opt-outs, idempotency records',
    )
    .argument('<address>', ADDRESS)
    .addHelpText('after', '\nExamples:\n  engine person export +447700900210 --stage prod > person.json')
    .action(async (address: string, _options: object, command: Command) => {
      requireAddress(address, 'Exporting');
      await withStage(host, command, 'Exporting', async (stage, output) => {
        await audited(stage, host, { action: 'export_person', company: ANY_COMPANY, fields: ['conversations', 'opt_outs'] });
        const held = await exportPerson(stage, address);
        output.result(held, visibleJson(held).split('\n'));
      });
    });
}

const ERASE_EXAMPLES = `
Examples:
  engine person erase +447700900210 --stage prod
  engine person erase amara.okafor@example.com --yes --json`;

function eraseCommand(host: CommandHost): Command {
  return new Command('erase')
    .description(
      "removes a person's conversations for good; ends what was not sent yet, keeps the opt-outs, and may be repeated",
    )
    .argument('<address>', ADDRESS)
    .option('--yes', 'do not ask')
    .addHelpText('after', ERASE_EXAMPLES)
    .action(async (address: string, { yes }: { readonly yes?: true }, command: Command) => {
      requireAddress(address, 'Erasing');
      await withStage(host, command, 'Erasing', async (stage, output) => {
        const { conversations, optOuts } = await findHeld(stage.people, address);
        if (conversations.length === 0 && optOuts.length === 0) throw nothingHeld(address);
        const question = `Erase ${plural(conversations.length, 'conversation')} of ${maskAddress(address)}? This `
          + 'cannot be taken back.';
        if (conversations.length > 0) await confirmed(host, question, yes);
        // Named before it is done: an erasure that breaks off has erased something.
        await audited(stage, host, { action: 'erase_person', company: ANY_COMPANY, fields: ['conversations'] });
        const erased = await erasePerson(stage, address);
        const { otherAddresses, ...counts } = erased;
        output.result(
          { ...counts, otherAddresses: otherAddresses.map(maskAddress), elsewhere: ELSEWHERE },
          erasedLines(erased),
        );
        refuseUnfinished(erased);
      });
    });
}

/** A slip in the address would otherwise read as an erasure that was done. */
function nothingHeld(address: string): CommandError {
  const check = 'check the spelling and --stage; if the person was erased before, nothing is left to do';
  return new CommandError(
    `Erasing found nothing: the stage holds no conversation and no opt-out of ${maskAddress(address)}; ${check}.`,
  );
}

function refuseUnfinished({ inFlight }: Erased): void {
  if (inFlight.length === 0) return;
  const left = plural(inFlight.length, 'conversation');
  const when =
    'run the command again in a minute, or once the message is resolved (15 minutes for Twilio, 24 hours for SendGrid)';
  throw new CommandError(
    `Erasing stopped before ${left}: a vendor has not reported yet what became of the message; ${when}.`,
  );
}

function erasedLines({ erased, ended, inFlight, optOutsKept, otherAddresses }: Erased): readonly string[] {
  const unsent = ended === 0 ? '' : `, ${ended} of them before the message was sent`;
  const optOuts =
    optOutsKept === 0 ? 'no opt-out' : `the opt-out from ${plural(optOutsKept, 'sender')}, which has to be respected`;
  const others = `These conversations also named ${otherAddresses.map(maskAddress).join(', ')}: if that is the same `
    + 'person, erase it as well.';
  return [
    `erased: ${plural(erased, 'conversation')}${unsent}`,
    ...inFlight.map((id) => `not yet: ${id}`),
    `kept: ${optOuts}; idempotency records, without the recipient`,
    ...(otherAddresses.length === 0 ? [] : [others]),
    ...ELSEWHERE,
  ];
}

/** A slip of the pen would otherwise read as "nothing is held". */
function requireAddress(address: string, attempted: string): void {
  if (/^\+[1-9]\d{6,14}$/.test(address) || /^[^\s@#]+@[^\s@#]+$/.test(address)) return;
  const form = 'neither a phone number as +447700900210 nor an e-mail address';
  throw new CommandError(`${attempted} failed: the address is ${form}; nothing was looked up.`);
}

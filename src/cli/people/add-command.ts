import { Command, Option } from 'commander';
import type { ConsoleRole } from '../../core/ports/console-people';
import { CONSOLE_ROLES } from '../../core/ports/console-people';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';

interface AddOptions {
  readonly role: ConsoleRole;
  readonly company: string;
}

const EXAMPLES = `
The stage's user pool mails them a first password; they set a second factor
when they sign in. May be repeated: each time adds one role.

Examples:
  engine person add oskar@example.com --role operator --company '*' --stage prod
  engine person add sam@example.com --role reviewer --company acme --stage prod`;

/** A company's identifier as the groups of the provider take it. */
const COMPANY = /^(?:\*|[A-Za-z0-9][\w.-]{0,99})$/;

/** `person add`: lets a person in to the console, the first one too. */
export function addCommand(host: CommandHost): Command {
  const attempted = 'Adding the person';
  return new Command('add')
    .description('lets a person sign in to the console with a role; the first operator is made so')
    .argument('<email>', 'by which they sign in')
    .addOption(new Option('--role <role>', 'what they may').choices(CONSOLE_ROLES).makeOptionMandatory())
    .requiredOption('--company <company_id>', "for which company; '*' for every one")
    .addHelpText('after', EXAMPLES)
    .action(async (email: string, { role, company }: AddOptions, command: Command) => {
      if (!/^[^\s@#]+@[^\s#@][^\s#.@]*\.[^\s#@]+$/.test(email)) {
        throw new CommandError(`${attempted} failed: "${email}" is not an e-mail address; nobody was added.`);
      }
      if (!COMPANY.test(company)) {
        throw new CommandError(
          `${attempted} failed: "${company}" is not a company's identifier; take it from company list, or give '*'.`,
        );
      }
      await withStage(host, command, attempted, async (stage, output) => {
        if (stage.probe.kind === 'local') {
          throw new CommandError(`${attempted} failed: a local stage lets its sample people in; choose one at sign-in.`);
        }
        const { outcome } = await stage.consolePeople.add({ email, group: `${role}:${company}` });
        if (outcome === 'no_pool') {
          throw new CommandError(
            `${attempted} failed: the stage has no user pool of its own. Set console in src/infra/stages.ts and deploy, `
              + 'or, if another provider lets people in, put the person into its group there.',
          );
        }
        const may = company === '*' ? 'for every company' : `for ${company}`;
        output.result({ outcome, email, group: `${role}:${company}` }, [
          outcome === 'added'
            ? `added: ${email} is ${role} ${may}; a first password is on its way to them`
            : `known before: ${email} is ${role} ${may}, too`,
        ]);
      });
    });
}

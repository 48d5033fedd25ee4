import { Command, InvalidArgumentError, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { listSecrets } from '../../operations/secrets/check-secret';
import type { SecretKind } from '../../operations/secrets/secret-fields';
import type { SecretOwner, StoreResult } from '../../operations/secrets/store-secret';
import { storeSecret } from '../../operations/secrets/store-secret';
import { ANY_COMPANY, audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { enterSecret } from './enter-secret';

/** Seconds for which a function may still use the secret that it has read (src/secrets/secrets-manager.ts). */
const CACHE_SECONDS = 300;

/** `secret`: the model's keys and the companies' credentials. */
export function secretCommands(host: CommandHost): Command {
  return new Command('secret')
    .description(
      "store the model's keys and companies' vendor credentials; values are asked for or piped in, never given as "
        + 'arguments',
    )
    .addCommand(setCommand(host))
    .addCommand(listCommand(host));
}

interface SetOptions {
  readonly channel: Channel;
  readonly field?: string;
}

const SET_HELP = `
Fields:
  model                       ai_api_key
  credentials, whatsapp, sms  twilio_account_sid, twilio_auth_token,
                              optionally twilio_template_sid
  credentials, email          sendgrid_api_key,
                              optionally sendgrid_webhook_public_key

Examples:
  engine secret set model --channel sms --stage dev
  engine secret set credentials acme nurses --channel email < credentials.json
  pass twilio | engine secret set credentials acme nurses --channel sms \\
    --field twilio_auth_token`;

function setCommand(host: CommandHost): Command {
  return new Command('set')
    .description('creates a secret or gives it a new version; fields that are not given keep their value')
    .argument('<kind>', "model, or credentials of a company's project", kindOf)
    .argument('[company]', 'for credentials')
    .argument('[project]', 'for credentials')
    .addOption(new Option('--channel <channel>', 'whose').choices(CHANNELS).makeOptionMandatory())
    .option('--field <name>', 'only this field, as plain text')
    .addHelpText('after', SET_HELP)
    .action(
      async (
        kind: SecretKind,
        company: string | undefined,
        project: string | undefined,
        options: SetOptions,
        command: Command,
      ) => {
        const owner = ownerOf(kind, company, project, options.channel, command);
        await withStage(host, command, 'Storing the secret', async (stage, output) => {
          const result = await storeSecret(stage, owner, async (fields, stored) =>
            enterSecret(host, fields, options.field, stored),
          );
          if (result.outcome === 'created' || result.outcome === 'replaced') {
            const fields = [result.secret, ...result.fields];
            await audited(stage, host, { action: 'store_secret', company: company ?? ANY_COMPANY, fields });
          }
          showStored(result, output);
        });
      },
    );
}

function kindOf(word: string): SecretKind {
  if (word === 'model' || word === 'credentials') return word;
  throw new InvalidArgumentError('Say model or credentials.');
}

function ownerOf(
  kind: SecretKind, company: string | undefined, project: string | undefined, channel: Channel, command: Command,
): SecretOwner {
  if (kind === 'model') {
    if (company !== undefined) {
      command.error("error: the model's key belongs to no company: leave company and project out");
    }
    return { kind, channel };
  }
  if (company === undefined || project === undefined) {
    return command.error('error: it is not said whose credentials; give credentials <company> <project>');
  }
  return { kind, channel, company, project };
}

function showStored(result: StoreResult, output: CommandOutput): void {
  switch (result.outcome) {
    case 'faulty':
      throw new CommandError(
        `Storing the secret ${result.secret} failed, and nothing was written: ${result.faults.join('; ')}.`,
      );
    case 'marked_for_deletion': {
      const restore = `aws secretsmanager restore-secret --secret-id ${result.secret}`;
      throw new CommandError(
        `Storing the secret ${result.secret} failed: it is marked for deletion; restore it with \`${restore}\`, `
          + 'then store it again.',
      );
    }
    case 'foreign':
      throw new CommandError(
        `Storing the secret ${result.secret} failed: the record names it, and it belongs to the company `
          + `${result.company}; correct the record with company apply first.`,
      );
    case 'created':
    case 'replaced': {
      const { secret, outcome, fields, readers: seenBy } = result;
      output.result({ secret, outcome, fields, seenBy, cachedSeconds: CACHE_SECONDS }, [
        `${secret}: ${outcome}`,
        ...(outcome === 'created'
          ? []
          : [`A function that has read the version before keeps it for at most ${CACHE_SECONDS / 60} minutes:`]),
        `read by ${seenBy.join(', ')}`,
      ]);
    }
  }
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description("the stage's secrets and whether they are complete; never their values")
    .addHelpText('after', '\nExamples:\n  engine secret list --stage prod\n  engine secret list --json')
    .action(async (_options: object, command: Command) =>
      withStage(host, command, 'Listing the secrets', async (stage, output) => {
        const listed = await listSecrets(stage);
        output.result(
          listed,
          listed.map(
            ({ name, complete, problem }) =>
              `${complete ? 'complete  ' : 'incomplete'}  ${name}${problem ? `: ${problem}` : ''}`,
          ),
        );
      }),
    );
}

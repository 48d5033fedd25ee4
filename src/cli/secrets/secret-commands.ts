import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { SECRET_CACHE_SECONDS } from '../../secrets/secrets-manager';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import type { StageClients } from '../stage-clients';
import { enterSecret } from './enter-secret';
import type { SecretKind } from './secret-fields';
import { fieldsOf, secretFaults } from './secret-fields';
import type { ListedSecret, SecretPlace } from './stored-secrets';
import { listSecrets, readSecret, storeSecret } from './stored-secrets';

/** `secret`: the model's keys and the companies' credentials. */
export function secretCommands(host: CommandHost): Command {
  return new Command('secret')
    .description('store the model\'s keys and companies\' vendor credentials; values are asked for or piped in, never given as arguments')
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
  credentials, whatsapp, sms  twilio_account_sid, twilio_auth_token, optionally twilio_template_sid
  credentials, email          sendgrid_api_key, optionally sendgrid_webhook_public_key

Examples:
  engine secret set model --channel sms --stage dev                        asks, without showing what is typed
  engine secret set credentials harbour-and-pine nurses --channel email < credentials.json
  pass show twilio/token | engine secret set credentials harbour-and-pine nurses --channel sms --field twilio_auth_token`;

function setCommand(host: CommandHost): Command {
  return new Command('set')
    .description('creates a secret or gives it a new version; fields that are not told keep their value')
    .argument('<kind>', 'model, or credentials of a company\'s project', kindOf)
    .argument('[company]', 'for credentials')
    .argument('[project]', 'for credentials')
    .addOption(new Option('--channel <channel>', 'whose').choices(CHANNELS).makeOptionMandatory())
    .option('--field <name>', 'only this field, as plain text')
    .addHelpText('after', SET_HELP)
    .action(async (kind: SecretKind, company: string | undefined, project: string | undefined, { channel, field }: SetOptions, command: Command) => {
      if ((kind === 'credentials') !== (company !== undefined && project !== undefined)) {
        command.error(kind === 'model' ? 'error: the model\'s key belongs to no company: leave company and project out' : 'error: say whose credentials: credentials <company> <project>');
      }
      await withStage(host, command, async (clients, output) => {
        const { names } = clients;
        const name = kind === 'model' ? names.modelSecret(channel) : names.credentialSecret(channel, company ?? '', project ?? '');
        const fields = fieldsOf(kind, channel);
        const stored = await readSecret(clients.secrets, { kind, channel, name });
        const told = await enterSecret(host, fields, field, stored.state === 'found' ? known(stored.fields, fields) : {});
        const faults = secretFaults(fields, told);
        if (faults.length > 0) throw new CommandError(`Storing the secret ${name} failed, and nothing was written: ${faults.join('; ')}.`);
        const outcome = await storeSecret(clients.secrets, name, told);
        const seenBy = readers(clients, kind, channel);
        output.result({ secret: name, outcome, fields: Object.keys(told), seenBy, cachedSeconds: SECRET_CACHE_SECONDS }, [
          `${name}: ${outcome}`,
          ...(outcome === 'created' ? [] : [`A function that has read the version before keeps it for at most ${SECRET_CACHE_SECONDS / 60} minutes:`]),
          `read by ${seenBy.join(', ')}`,
        ]);
      });
    });
}

function kindOf(word: string): SecretKind {
  if (word === 'model' || word === 'credentials') return word;
  throw new CommandError(`Storing a secret failed: ${word} is no kind of secret; say model or credentials.`);
}

function known(stored: Readonly<Record<string, string>>, fields: ReturnType<typeof fieldsOf>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => fields.some((field) => field.name === name)));
}

/** The functions that read a secret. */
function readers({ names }: StageClients, kind: SecretKind, channel: Channel): readonly string[] {
  return kind === 'model' ? [names.processor(channel)] : [names.processor(channel), names.vendorWebhooks, names.reconciler];
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('the stage\'s secrets and whether they are complete; never their values')
    .addHelpText('after', '\nExamples:\n  engine secret list --stage prod\n  engine secret list --json')
    .action(async (_options: object, command: Command) => withStage(host, command, async (clients, output) => {
      const listed = await listSecrets(clients.secrets, clients.names);
      const modelKeys = CHANNELS.map((channel): ListedSecret => ({ kind: 'model', channel, name: clients.names.modelSecret(channel) }));
      const all = [...modelKeys, ...listed.filter(({ kind }) => kind === 'credentials')];
      const judged = await Promise.all(all.map(async (place) => ({ ...place, ...await checkStoredSecret(clients, place) })));
      output.result(judged, judged.map(({ name, complete, problem }) => `${complete ? 'complete  ' : 'incomplete'}  ${name}${problem ? `: ${problem}` : ''}`));
    }));
}

/** Whether a secret can be used, and what is wrong where it cannot; never a value. */
export async function checkStoredSecret(
  { secrets }: Pick<StageClients, 'secrets'>, place: SecretPlace,
): Promise<{ readonly complete: boolean; readonly problem?: string }> {
  const stored = await readSecret(secrets, place);
  if (stored.state === 'missing') return { complete: false, problem: 'there is no such secret' };
  const problem = stored.state === 'unusable' ? stored.fault : stored.faults.join('; ');
  return problem ? { complete: false, problem } : { complete: true };
}

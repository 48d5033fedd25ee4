import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { Command } from 'commander';
import { openAiModel } from '../../ai/openai-model';
import type { FilledMessage } from '../../core/company/template';
import { SecretsManagerSecrets } from '../../secrets/secrets-manager';
import { awsFailure } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import type { StageClients } from '../stage-clients';
import { SHELL_CLOCK, stageRecords } from '../stage-records';
import type { Rehearsal, RehearsalPorts, RehearsedCost, RehearsedValue } from './rehearse';
import { rehearse } from './rehearse';
import type { RequestOptions } from './request-document';
import { readRequestDocument, withRequestOptions } from './request-document';

/** `dry-run`: what a request would become. */
export function dryRunCommand(host: CommandHost): Command {
  return withRequestOptions(new Command('dry-run'))
    .description('composes and proves a request\'s message as the engine would, and sends and writes nothing; the model is asked and paid for')
    .addHelpText('after', '\nExamples:\n  engine dry-run --file request.json --stage dev\n  engine dry-run --company acme --project hiring --channel sms --to +447700900210 --first-name Amara --last-name Okafor --consent --fact job_title=Nurse')
    .action(async (options: RequestOptions, command: Command) => withStage(host, command, async (clients, output) => {
      const request = readRequestDocument(options, Date.now());
      const rehearsal = await rehearse(request, rehearsalPorts(clients)).catch((error: unknown) => { throw awsFailure('The dry run', error); });
      output.result(rehearsal, rehearsalLines(rehearsal));
    }));
}

export function rehearsalPorts(clients: StageClients): RehearsalPorts {
  const { directory } = stageRecords(clients);
  const secrets = new SecretsManagerSecrets(new SecretsProvider({ awsSdkV3Client: clients.secrets }));
  return {
    findCompany: async (query) => directory.findCompany(query),
    readSecret: async (secretId) => secrets.read(secretId),
    model: openAiModel({ requestTimeoutMilliseconds: 36_000, clock: SHELL_CLOCK, baseUrl: clients.vendors.openai }),
    clock: SHELL_CLOCK,
  };
}

/** For people. */
export function rehearsalLines(rehearsal: Rehearsal): readonly string[] {
  const { tokens, cost, reason, detail, filled, model } = rehearsal;
  return [
    rehearsal.outcome === 'would_send' ? 'This message would be sent.' : `This message would wait for a person: ${[reason, detail].filter(Boolean).join(', ')}`,
    `Template  ${[rehearsal.template, model].filter(Boolean).join(', ')}`,
    ...rehearsal.values.flatMap(valueLines),
    `Tokens    ${tokens.total_tokens} (${tokens.prompt_tokens} in, ${tokens.completion_tokens} out)`,
    ...(cost ? [costLine(cost)] : []),
    ...(filled ? ['', ...filledLines(filled)] : []),
  ];
}

function costLine({ currency, amount, reserved }: RehearsedCost): string {
  const most = `${money(reserved)} ${currency} of the month's budget are held back until it has come to rest`;
  return `Cost      ${amount === undefined ? most : `${money(amount)} ${currency} with one send; ${most}`}`;
}

/** Four places: a single message costs fractions of a penny. */
function money(amount: number): string {
  return amount.toFixed(4);
}

function valueLines({ variable, verdict, value, refused }: RehearsedValue): readonly string[] {
  return [
    `Value     ${variable} (${verdict})${value === undefined ? '' : `: ${value}`}`,
    ...(refused === undefined ? [] : [`          the model's words were refused: ${refused}`]),
  ];
}

function filledLines(filled: FilledMessage): readonly string[] {
  return [
    'segments' in filled ? `${filled.segments} segment${filled.segments === 1 ? '' : 's'}` : `${filled.text.length} characters`,
    ...('subject' in filled ? [`Subject: ${filled.subject}`, ''] : []),
    ...filled.text.split('\n'),
    ...('html' in filled && filled.html !== undefined ? ['', 'HTML', ...filled.html.split('\n')] : []),
  ];
}

import { Command } from 'commander';
import type { FilledMessage } from '../../core/company/template';
import type { DryRun, MessageCost, NotTried, TriedValue } from '../../operations/dry-run/dry-run';
import { dryRun } from '../../operations/dry-run/dry-run';
import type { ReplyDryRun } from '../../operations/dry-run/dry-run-reply';
import { dryRunReply } from '../../operations/dry-run/dry-run-reply';
import type { Rule } from '../../proof/rules/rules';
import { RULES } from '../../proof/rules/rules';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { plural } from '../findings';
import { field } from '../layout';
import { replyLines } from './reply-lines';
import type { RequestOptions } from './request-document';
import { readRequestDocument, withRequestOptions } from './request-document';

const EXAMPLES = `
Examples:
  engine dry-run --file request.json --stage dev
  engine dry-run --file request.json --reply 'When is the interview?'
  engine dry-run --company acme --project hr --channel sms --to +447700900210 \\
    --first-name Amara --last-name Okafor --consent --fact job_title=Nurse`;

interface DryRunFlags {
  readonly explain?: true;
  readonly reply?: readonly string[];
}

/** `dry-run`: what a request would become, or a reply to it. */
export function dryRunCommand(host: CommandHost): Command {
  return withRequestOptions(new Command('dry-run'))
    .description(
      "composes and proves a request's message, and sends and writes nothing; the model is asked and paid for",
    )
    .option('--explain', 'says of each value what it claims, and what proves it or why it may not go out')
    .option(
      '--reply <text>',
      'says what the engine would do if the recipient answered this, instead of composing the message; may be repeated',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: RequestOptions & DryRunFlags, command: Command) =>
      withStage(host, command, 'The dry run', async (stage, output) => {
        const request = readRequestDocument(options, stage.clock.now());
        if (options.reply) {
          const tried = triedOrRefused(await dryRunReply(request, options.reply, stage));
          output.result(tried, replyLines(tried, host.columns));
          return;
        }
        const result = triedOrRefused(await dryRun(request, stage, { explains: options.explain }));
        const values = result.values.map((one) => ({ ...one, refused: one.refused && inWords(one.refused) }));
        output.result({ ...result, values }, dryRunLines({ ...result, values }, host.columns));
      }),
    );
}

function triedOrRefused<Tried extends DryRun | ReplyDryRun>(result: Tried | NotTried): Tried {
  if (!isNotTried(result)) return result;
  const failed = (why: string) => new CommandError(`The dry run failed: ${why}.`);
  switch (result.outcome) {
    case 'company_not_found':
      throw failed('the stage has no such project of such a company; check --company, --project and --stage');
    case 'record_incomplete': {
      const faults = result.faults.map(({ path, message }) => `${path} ${message}`).join('; ');
      throw failed(`the company record is incomplete (${faults}); see company show`);
    }
    case 'channel_not_allowed':
      throw failed('the project does not allow the channel; add it to allowed_channels');
    case 'model_key_unusable':
      throw failed(`the secret ${result.secret} holds no ai_api_key that can be used; store it with secret set model`);
    case 'model_unavailable':
      throw failed('the language model did not answer; try again, or check its vendor\'s status page');
    case 'model_misconfigured': {
      const check = `check ${result.secret === undefined ? 'the role' : `the key in ${result.secret}`}, its budget `
        + `and the model ${result.model}`;
      throw failed(`the language model refused the call (${result.code}); ${check}`);
    }
  }
}

function isNotTried(result: DryRun | ReplyDryRun | NotTried): result is NotTried {
  return !result.outcome.startsWith('would_');
}

/** The rules that a refusal names, in plain words; what is a sentence already stays as it is. */
function inWords(refused: string): string {
  if (/\.$/.test(refused)) return refused;
  return refused.split(/,\s*/).map((rule) => {
    const word = rule.replace(/^fallback /, '');
    const words = isRule(word) ? `${RULES[word]} (${word})` : rule;
    return rule === word ? words : `The fallback: ${words}`;
  }).join(' ');
}

function isRule(word: string): word is Rule {
  return Object.hasOwn(RULES, word);
}

export function dryRunLines(result: DryRun, columns?: number): readonly string[] {
  const { tokens, cost, reason, detail, filled, model } = result;
  const fate = result.outcome === 'would_fail' ? 'end without being sent' : 'wait for a person';
  const waits = `This message would ${fate}: ${[reason, detail].filter(Boolean).join(', ')}`;
  return [
    result.outcome === 'would_send' ? 'This message would be sent.' : waits,
    ...field('Template', [result.template, model].filter(Boolean).join(', '), columns),
    ...result.values.flatMap((value) => valueLines(value, columns)),
    ...field('Tokens', `${tokens.total_tokens} (${tokens.prompt_tokens} in, ${tokens.completion_tokens} out)`, columns),
    ...(cost ? field('Cost', costWords(cost), columns) : []),
    ...(filled ? ['', ...filledLines(filled)] : []),
  ];
}

function costWords({ currency, amount, reserved }: MessageCost): string {
  const most = `${money(reserved)} ${currency} of the month's budget are held back until it has ended`;
  return amount === undefined ? most : `${money(amount)} ${currency} with one send; ${most}`;
}

/** Four places: a single message costs fractions of a penny. */
function money(amount: number): string {
  return amount.toFixed(4);
}

function valueLines(
  { variable, verdict, value, refused, claims = [] }: TriedValue,
  columns?: number,
): readonly string[] {
  return [
    ...field('Value', `${variable} (${verdict})${value === undefined ? '' : `: ${value}`}`, columns),
    ...(refused === undefined ? [] : field('', `the model's words were refused: ${refused}`, columns)),
    ...claims.flatMap((claim) => field('', claim, columns)),
  ];
}

function filledLines(filled: FilledMessage): readonly string[] {
  return [
    'segments' in filled ? plural(filled.segments, 'segment') : plural(filled.text.length, 'character'),
    ...('subject' in filled ? [`Subject: ${filled.subject}`, ''] : []),
    ...filled.text.split('\n'),
    ...('html' in filled && filled.html !== undefined ? ['', 'HTML', ...filled.html.split('\n')] : []),
  ];
}

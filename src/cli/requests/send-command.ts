import { Command } from 'commander';
import { createEngineClient } from '../../client/engine-client';
import type { InitiateResult } from '../../client/initiate-result';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { referenceTo } from '../conversations/next-words';
import { KEY_VARIABLE, readApiKey } from './api-key';
import type { RequestOptions } from './request-document';
import { readRequestDocument, withRequestOptions } from './request-document';

const HELP = `
The key is asked for, read from standard input, or from --key-file: a file with
the key alone, or with a line ${KEY_VARIABLE}=…

Examples:
  engine send --file request.json --key-file .env --stage dev
  engine send --company acme --project hiring --channel sms --to +447700900210 \\
    --first-name Amara --last-name Okafor --consent --fact job_title=Nurse`;

/** `send`: one request, as a client would post it. */
export function sendCommand(host: CommandHost): Command {
  return withRequestOptions(new Command('send'))
    .description(
      "posts one request to the API with a company's key; a lost answer is asked for again, which never makes a "
        + 'second message',
    )
    .option('--key-file <file>', 'where the key stands, if it is not typed or piped in')
    .addHelpText('after', HELP)
    .action(async (options: RequestOptions & { readonly keyFile?: string }, command: Command) =>
      withStage(host, command, 'Sending the request', async (stage, output) => {
        const request = readRequestDocument(options, stage.clock.now());
        const apiKey = await readApiKey(host, options.keyFile);
        const engine = createEngineClient({ url: await stage.probe.apiUrl(), apiKey });
        const result = await engine.initiateConversation(request);
        const accepted = acceptedOrRefused(result, request.request_data.initial_request_timestamp);
        output.result(accepted, [
          `${accepted.replayed ? 'accepted before' : 'accepted'}: ${accepted.conversationId}`,
          `  ${output.command('conversation', 'watch', referenceTo(accepted.conversationId))}`,
        ]);
      }),
    );
}

/** Says of everything but acceptance what it is and what to do. */
export function acceptedOrRefused(
  result: InitiateResult,
  at: string,
): Extract<InitiateResult, { outcome: 'accepted' }> {
  const again = `--request-id ${result.requestId} --at ${at}`;
  const failed = (why: string) => new CommandError(`Sending the request ${result.requestId} failed: ${why}`);
  switch (result.outcome) {
    case 'accepted':
      return result;
    case 'refused': {
      const details = result.details.map(({ path, message }) => `${path} ${message}`).join('; ');
      const message = details || result.message.replace(/\.$/, '');
      throw failed(
        `the engine refused it with ${result.status} ${result.code} (${message}); put it right, then send it again.`,
      );
    }
    case 'limited':
      throw failed(
        `${result.message.replace(/\.$/, '')}. Send it again in ${result.retryAfterSeconds} s with ${again}.`,
      );
    case 'unanswered':
      throw failed(
        `${result.reason.replace(/\.$/, '')}. It may have been accepted all the same: send it again with ${again}, `
          + 'which never makes a second message.',
      );
  }
}

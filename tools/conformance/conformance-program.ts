import { Command } from 'commander';
import { CommandError } from '../../src/cli/command-error';
import type { Output } from '../../src/cli/output';
import { runProgram } from '../../src/cli/run-program';
import { judgeRequest } from './judge-request';
import { runLive } from './live-run';
import type { Order } from './orders';
import { ORDERS, setUpAccounts } from './orders';
import type { RecordedRequest, Vendor } from './recorded-request';
import { startRecorder } from './recorder';
import type { VendorResult } from './report';
import { isFaultless, ofEachVendor, reportJson, reportLines } from './report';
import { readDocuments } from './vendor-documents';

export interface ConformanceHost extends Output {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reaches the vendors themselves; called only where the environment holds their credentials. */
  readonly fetch: typeof fetch;
  /** What is asked of the adapters. Default: everything that they ever send. */
  readonly orders?: readonly Order[];
}

type Flags = Readonly<Partial<Record<Vendor, readonly string[]>>> & { readonly json?: true };

const HELP = `
The documents are the vendors' own and not part of the repository; docs/conformance.md says where they are published.
A vendor without documents is reported as not judged.

With ENGINE_LIVE_TWILIO_ACCOUNT_SID and ENGINE_LIVE_TWILIO_AUTH_TOKEN (test credentials), ENGINE_LIVE_SENDGRID_API_KEY
and ENGINE_LIVE_SENDGRID_SENDER, or ENGINE_LIVE_OPENAI_API_KEY the same adapters also send to the vendors' own test
numbers and sandboxes, never elsewhere.

Examples:
  npx projen conformance -- --twilio twilio-oai/spec/json --sendgrid sendgrid-oai/spec/json --openai openapi.yaml
  npx projen conformance -- --openai openapi.yaml --json

Exit codes:
  0  all that was judged and sent is right
  1  a fault was found, or a document cannot be read
  2  the command's words or flags were wrong; nothing was done`;

/** Runs one command line (without the program's name) and answers its exit code. */
export async function runConformance(words: readonly string[], host: ConformanceHost): Promise<number> {
  return runProgram(program, words, host);
}

function program(host: ConformanceHost): Command {
  const collect = (path: string, before: readonly string[] = []) => [...before, path];
  return new Command('conformance')
    .description("judges what the adapters send by the vendors' published OpenAPI documents")
    .option('--twilio <path>', "a document of Twilio's, or a folder of them; may be repeated", collect)
    .option('--sendgrid <path>', "a document of SendGrid's, or a folder of them; may be repeated", collect)
    .option('--openai <path>', "OpenAI's document; may be repeated", collect)
    .option('--json', 'every parameter of every request as JSON')
    .addHelpText('after', HELP)
    .action(async (flags: Flags) => conform(flags, host));
}

async function conform(flags: Flags, host: ConformanceHost): Promise<void> {
  const requests = await recordAll(host.orders ?? ORDERS);
  const results = ofEachVendor((vendor) =>
    judgeVendor(vendor, flags[vendor], requests.filter((request) => request.vendor === vendor)));
  const live = await runLive(host.environment, host.fetch);
  if (flags.json) host.print(JSON.stringify(reportJson(results, live), null, 2));
  else for (const line of reportLines(results, live)) host.print(line);
  const unread = ofEachVendor((vendor) => vendor)
    .filter((vendor) => flags[vendor] && results.some((one) => one.vendor === vendor && 'notJudged' in one));
  if (unread.length > 0) {
    throw new CommandError(`Judging ${unread.join(' and ')} failed: a document cannot be read; see above.`);
  }
  if (!isFaultless(results, live)) {
    throw new CommandError(
      'The adapters break a vendor\'s document or do not do what is expected: see each FAULT above, and mend the '
        + 'adapter.',
    );
  }
}

async function recordAll(orders: readonly Order[]): Promise<readonly RecordedRequest[]> {
  const recorder = await startRecorder();
  try {
    setUpAccounts(recorder.vendors);
    const requests: RecordedRequest[] = [];
    for (const { purpose, run } of orders) {
      const sent = await recorder.record(purpose, async () => run(recorder.fetch));
      if (sent.length === 0) {
        throw new CommandError(
          `Recording the requests failed: "${purpose}" sent none; mend tools/conformance/orders.ts.`,
        );
      }
      requests.push(...sent);
    }
    return requests;
  } finally {
    await recorder.stop();
  }
}

function judgeVendor(
  vendor: Vendor, paths: readonly string[] | undefined, requests: readonly RecordedRequest[],
): VendorResult {
  if (!paths) return { vendor, notJudged: `Give its documents by --${vendor}.` };
  try {
    const documents = paths.flatMap(readDocuments);
    return { vendor, judged: requests.map((request) => judgeRequest(request, documents)) };
  } catch (error) {
    if (error instanceof CommandError) return { vendor, notJudged: error.message };
    throw error;
  }
}

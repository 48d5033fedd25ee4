import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { build } from 'esbuild';
import { readable, readableSpread } from './figures';
import type { Importable, ImportCost } from './import-cost';
import { importCosts } from './import-cost';
import type { BenchContext, Section, Table } from './section';

/** Functions by their handler's file. */
export const HANDLERS = {
  'router': 'channel-router',
  'processor, whatsapp': 'whatsapp-channel-processor',
  'processor, sms': 'sms-channel-processor',
  'processor, email': 'email-channel-processor',
  'webhooks': 'vendor-webhooks',
  'reader': 'conversation-reader',
  'canceller': 'conversation-canceller',
  'reconciler': 'reconciler',
} as const;

const FOLDER = '.local/bench/bundles';

/** As `projenrc/handler-bundles.ts` has them bundled. */
const CHOSEN: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'error',
};

const REQUIRE =
  'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);';

const OPTIONS: ReadonlyArray<{
  readonly name: string;
  readonly change: BuildOptions;
  readonly nodeFlags?: readonly string[];
}> = [
  { name: 'as it is deployed: CommonJS, SDK in, minified', change: {} },
  { name: 'without tree shaking of the SDK (main before module)', change: { mainFields: ['main', 'module'] } },
  { name: 'SDK left to the runtime', change: { external: ['@aws-sdk/*', '@smithy/*'] } },
  { name: 'ES module, SDK in', change: { format: 'esm', banner: { js: REQUIRE }, outExtension: { '.js': '.mjs' } } },
  {
    name: 'ES module, SDK left to the runtime',
    change: {
      format: 'esm',
      banner: { js: REQUIRE },
      outExtension: { '.js': '.mjs' },
      external: ['@aws-sdk/*', '@smithy/*'],
    },
  },
  { name: 'not minified', change: { minify: false } },
  { name: 'source map beside it, switched on', change: { sourcemap: 'external' }, nodeFlags: ['--enable-source-maps'] },
  { name: 'source map inside, switched on', change: { sourcemap: 'inline' }, nodeFlags: ['--enable-source-maps'] },
];

/** Imported as the engine imports it. */
const DEPENDENCIES: Readonly<Record<string, string>> = {
  'client-dynamodb and lib-dynamodb':
    'import { DynamoDBClient } from "@aws-sdk/client-dynamodb"; import { DynamoDBDocumentClient, GetCommand, '
      + 'PutCommand, UpdateCommand, BatchGetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb"; '
      + 'DynamoDBDocumentClient.from(new DynamoDBClient({})); export { GetCommand, PutCommand, UpdateCommand, '
      + 'BatchGetCommand, QueryCommand };',
  'client-sqs':
    'import { SQSClient, SendMessageCommand, ChangeMessageVisibilityCommand } from "@aws-sdk/client-sqs"; new '
      + 'SQSClient({}); export { SendMessageCommand, ChangeMessageVisibilityCommand };',
  'powertools parameters (with client-secrets-manager)':
    'import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets"; new SecretsProvider();',
  'powertools logger': 'import { Logger } from "@aws-lambda-powertools/logger"; new Logger();',
  'powertools metrics': 'import { Metrics } from "@aws-lambda-powertools/metrics"; new Metrics();',
  'openai': 'import OpenAI from "openai"; new OpenAI({ apiKey: "none" });',
  'zod/mini': 'import * as z from "zod/mini"; z.object({ a: z.string() }).safeParse({});',
  'zod (not used: what its full form would add)': 'import { z } from "zod"; z.object({ a: z.string() }).safeParse({});',
};

/** What it takes to load the code, by bundle, by bundle option and by dependency. */
export async function benchStart({ isQuick, onProgress }: BenchContext): Promise<Section> {
  const rounds = isQuick ? 7 : 21;
  mkdirSync(FOLDER, { recursive: true });
  onProgress('Start: bundling …');
  const folder = join(process.cwd(), FOLDER);
  const bundles = await Promise.all(
    Object.entries(HANDLERS).map(async ([name, handler]) =>
      bundle(name, `src/handlers/${handler}.lambda.ts`, {}, folder),
    ),
  );
  const optional = isQuick
    ? []
    : await Promise.all(
      OPTIONS.map(async ({ name, change, nodeFlags }) => ({
        ...(await bundle(name, 'src/handlers/sms-channel-processor.lambda.ts', change, folder)),
        ...(nodeFlags ? { nodeFlags } : {}),
      })),
    );
  const dependencies = isQuick
    ? []
    : await Promise.all(Object.entries(DEPENDENCIES).map(async ([name, code]) => bundleDependency(name, code, folder)));
  onProgress(`Start: ${rounds} rounds of ${bundles.length + optional.length + dependencies.length} imports, in turns`);
  const costs = importCosts([...bundles, ...optional, ...dependencies], rounds);
  const of = (part: readonly Importable[]) =>
    costs.filter(({ name }) => part.some((candidate) => candidate.name === name));
  const cost = (name: keyof typeof HANDLERS) =>
    costs.find((candidate) => candidate.name === name)?.milliseconds.median ?? 0;
  return {
    name: 'start',
    title: 'Start',
    notes: [
      'The import of a bundle in a fresh process, as Lambda does it, with the variables of a function: time in the '
        + `process, memory beyond a bare process; ${rounds} runs in turns with \`node -e 0\`, medians with quartiles.`,
    ],
    tables: [
      table('Bundles as they are deployed', 'function', of(bundles)),
      ...(isQuick
        ? []
        : [
          table('The processor for SMS, by bundle option', 'option', of(optional)),
          table('What each dependency adds by itself', 'dependency', of(dependencies)),
        ]),
    ],
    figures: {
      routerImportMilliseconds: cost('router'),
      processorImportMilliseconds: Math.max(
        cost('processor, whatsapp'),
        cost('processor, sms'),
        cost('processor, email'),
      ),
    },
  };
}

function table(title: string, subject: string, costs: readonly ImportCost[]): Table {
  return {
    title,
    columns: [subject, 'size, KB', 'import, ms', 'memory, MB', 'processor time, times a bare process'],
    rows: costs.map(({ name, kilobytes, milliseconds, megabytes, ratio }) => [
      name,
      readable(kilobytes),
      readableSpread(milliseconds),
      readable(megabytes),
      readableSpread(ratio),
    ]),
  };
}

async function bundle(name: string, entry: string, change: BuildOptions, folder: string): Promise<Importable> {
  const place = name.replace(/[^a-z]+/gi, '-');
  const extension = change.outExtension?.['.js'] ?? '.js';
  await build({ ...CHOSEN, ...change, entryPoints: { [place]: entry }, outdir: folder });
  return { name, file: join(folder, `${place}${extension}`) };
}

async function bundleDependency(name: string, code: string, folder: string): Promise<Importable> {
  const place = `dependency-${name.replace(/[^a-z]+/gi, '-')}`;
  const entry = join(folder, `${place}.ts`);
  writeFileSync(entry, code);
  await build({ ...CHOSEN, entryPoints: { [place]: entry }, outdir: folder });
  return { name, file: join(folder, `${place}.js`) };
}

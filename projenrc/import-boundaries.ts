import type { awscdk } from 'projen';
import { Component } from 'projen';

/** What runs in functions, in the order in which a message passes. */
const RUNTIME = ['core', 'router', 'processor', 'proof', 'receipts', 'review', 'reader', 'reconciler', 'queue', 'ai', 'providers', 'records', 'secrets'];

/** Which folders of `src/` a folder may import, beside itself and `core`. The one table of the import rule. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  router: ['core'],
  proof: ['core'],
  processor: ['core', 'proof'],
  queue: ['core'],
  ai: ['core'],
  providers: ['core'],
  records: ['core'],
  secrets: ['core'],
  receipts: ['core'],
  // What a person writes is proved by the very rules that a model's values are.
  review: ['core', 'proof', 'processor'],
  reader: ['core'],
  reconciler: ['core'],
  handlers: RUNTIME,
  // Routes, addresses and secrets' names follow from the registry of vendors.
  infra: ['core', 'handlers', 'providers'],
  // The API's document is made of what judges requests and answers; the client of the document alone, so that it can be published.
  openapi: ['core', 'router', 'reader', 'providers'],
  client: [],
  cli: [...RUNTIME, 'client'],
};

/** The folders that alone may import a vendor's packages. `pattern` is a regular expression over what is imported. */
const VENDOR_HOMES: ReadonlyArray<{ readonly pattern: string; readonly folders: readonly string[]; readonly why: string }> = [
  { pattern: '^openai(/|$)', folders: ['ai'], why: 'the model SDK lives in src/ai' },
  {
    pattern: '^(@aws-sdk|@aws-lambda-powertools/parameters)(/|$)',
    folders: ['queue', 'records', 'secrets', 'handlers', 'cli'],
    why: 'the AWS SDK lives in src/queue, records, secrets, handlers and cli',
  },
  { pattern: '^@aws-lambda-powertools/(?!parameters)', folders: ['handlers'], why: 'Powertools is wired in src/handlers' },
  { pattern: '^(aws-cdk-lib|constructs|cdk-nag)(/|$)', folders: ['infra'], why: 'CDK lives in src/infra' },
  // Bundlers cannot shake it: it adds 415 KB and 75 ms to the start of every function.
  { pattern: '^zod$', folders: ['cli'], why: 'what becomes part of a function imports zod/mini' },
];

/** The folders whose entry points may read the environment. */
const ENVIRONMENT_HOMES = ['handlers', 'cli', 'infra'];

/** Tools that could serve any other project: they import nothing of this product and of no other tool. */
const STANDALONE_TOOLS = ['embedded-aws'];

/** Turns the tables above into lint rules, one override a folder. */
export class ImportBoundaries extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    const folders = Object.keys(MAY_IMPORT);
    for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
      const forbidden = folders.filter((other) => other !== folder && !allowed.includes(other));
      project.eslint?.addOverride({
        files: [`src/${folder}/**/*.ts`],
        excludedFiles: ['src/**/*-function.ts'],
        rules: {
          'import/no-restricted-paths': ['error', { zones: forbidden.map((other) => forbid(folder, other, allowed)) }],
          'no-restricted-imports': ['error', { patterns: VENDOR_HOMES.filter((home) => !home.folders.includes(folder)).map(vendorRule) }],
          ...(ENVIRONMENT_HOMES.includes(folder) ? {} : { 'no-restricted-properties': ['error', ENVIRONMENT_RULE] }),
        },
      });
    }
    project.eslint?.addOverride({
      files: ['src/infra/**/*.ts'],
      rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ regex: '/handlers/(?!.*-function$)', message: 'infra imports only the generated *-function.ts of handlers.' }] }] },
    });
    for (const tool of STANDALONE_TOOLS) {
      const message = `tools/${tool} may import nothing of src and of other tools (docs/architecture.md).`;
      project.eslint?.addOverride({
        files: [`tools/${tool}/**/*.ts`],
        rules: {
          'import/no-restricted-paths': ['error', {
            zones: [
              { target: `./tools/${tool}`, from: './src', message },
              { target: `./tools/${tool}`, from: './tools', except: [`./${tool}`], message },
            ],
          }],
        },
      });
    }
  }
}

function forbid(folder: string, other: string, allowed: readonly string[]) {
  const may = allowed.length > 0 ? `only ${allowed.join(', ')}` : 'nothing of ours';
  return { target: `./src/${folder}`, from: `./src/${other}`, message: `src/${folder} may import ${may} (docs/architecture.md).` };
}

function vendorRule(home: (typeof VENDOR_HOMES)[number]) {
  return { regex: home.pattern, message: `Import it elsewhere: ${home.why} (docs/architecture.md).` };
}

const ENVIRONMENT_RULE = {
  object: 'process',
  property: 'env',
  message: 'The environment is read in src/handlers and in the entry points of src/cli; pass values on.',
};

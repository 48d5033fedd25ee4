import type { awscdk } from 'projen';
import { Component } from 'projen';

/** What runs in functions, in the order in which a message passes. */
const RUNTIME = [
  'core',
  'router',
  'dry-run',
  'processor',
  'proof',
  'receipts',
  'conversation',
  'review',
  'reader',
  'cancellation',
  'reconciler',
  'events',
  'event-transport',
  'event-api',
  'queue',
  'ai',
  'mail',
  'providers',
  'records',
  'secrets',
  'operations',
  'client-replies',
  'console-api',
  'stage-probe',
];

/** Which folders of `src/` a folder may import, beside itself. The one table of the import rule. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'core': [],
  'router': ['core'],
  'proof': ['core'],
  'processor': ['core', 'proof'],
  'queue': ['core'],
  'ai': ['core'],
  'mail': ['core'],
  'providers': ['core'],
  'records': ['core'],
  'secrets': ['core'],
  // Text that gives orders is told by the proof's own words.
  'receipts': ['core', 'proof'],
  // What recipients write is read by the very readers that judge what the engine writes.
  'conversation': ['core', 'proof'],
  // What a person writes is proved by the very rules that a model's values are.
  'review': ['core', 'proof', 'processor'],
  'reader': ['core'],
  // What a client may cancel is found and answered as what it may read.
  'cancellation': ['core', 'reader'],
  // A dry run is admitted as a request is, and composed as its message is.
  // A reply is tried by what takes it in and answers it.
  'dry-run': ['core', 'router', 'processor', 'proof', 'receipts', 'conversation'],
  'reconciler': ['core'],
  'events': ['core'],
  'event-transport': ['core'],
  // What operators do with the endpoints of a company, its keys do with their own: by the same use cases.
  'event-api': ['core', 'events', 'operations', 'reader', 'router'],
  // Clients answer recipients as the company's people do: by the same use cases.
  'client-replies': ['core', 'operations', 'reader', 'router'],
  'handlers': RUNTIME,
  // Routes, addresses and secrets' names follow from the registry of vendors.
  'infra': ['core', 'handlers', 'providers'],
  // The API's document is made of what judges requests and answers; the client of the document alone, so that it can be
  // published.
  'openapi': ['core', 'router', 'reader', 'dry-run', 'events', 'event-api', 'client-replies', 'providers', 'console-api'],
  'client': [],
  // What people start, from the command and from the console: it touches the outside by its ports alone.
  'operations': ['core', 'proof', 'processor', 'review', 'reader', 'events', 'dry-run'],
  // Answers the page by the very use cases that the command starts.
  'console-api': ['core', 'operations', 'review', 'reader', 'proof', 'router'],
  // A browser knows the console's API alone.
  'console': [],
  'gateway': ['core'],
  'stage-probe': ['core'],
  'vendor-accounts': ['core', 'providers'],
  // `router` judges a request's shape before it is posted; `proof` has the words for each of its rules.
  'cli': ['core', 'operations', 'review', 'reader', 'router', 'proof', 'client'],
};

/** Tools that could serve any other project: they import nothing of this product and of no other tool. */
const STANDALONE_TOOLS: Readonly<Record<string, readonly string[]>> = {
  'embedded-aws': [],
  'vendor-simulators': ['embedded-aws/loopback-listener.ts'],
  'local-issuer': ['embedded-aws/loopback-listener.ts'],
};

/** The folders of `src/` that alone may import a package. */
const PACKAGE_HOMES: ReadonlyArray<{
  readonly packages: readonly string[];
  readonly folders: readonly string[];
  readonly why: string;
}> = [
  { packages: ['openai'], folders: ['ai'], why: 'the model SDK lives in src/ai' },
  {
    packages: ['@aws-sdk', '@aws-lambda-powertools/parameters'],
    folders: ['queue', 'records', 'secrets', 'gateway', 'stage-probe', 'handlers'],
    why: 'the AWS SDK lives in src/queue, records, secrets, gateway, stage-probe and handlers',
  },
  {
    packages: ['@aws-lambda-powertools/logger', '@aws-lambda-powertools/metrics'],
    folders: ['handlers'],
    why: 'Powertools is wired in src/handlers',
  },
  { packages: ['aws-cdk-lib', 'constructs', 'cdk-nag'], folders: ['infra'], why: 'CDK lives in src/infra' },
  {
    packages: ['postal-mime', 'email-reply-parser'],
    folders: ['mail'],
    why: 'what a mail says is read in src/mail, which one function alone needs',
  },
  // Bundlers cannot shake it: it adds 415 KB and 75 ms to the start of every function.
  {
    packages: ['zod/index.*', 'zod/v4/index.*'],
    folders: ['cli'],
    why: 'what becomes part of a function imports zod/mini',
  },
];

/** Where the commands' use cases get their adapters: these files alone may import any folder of src and the AWS SDK. */
const CLI_WIRING = ['stage', 'stage-cloud', 'stage-clients', 'vendor-data'].map((name) => `src/cli/${name}.ts`);

/** The folders whose entry points may read the environment. */
const ENVIRONMENT_HOMES = ['handlers', 'cli', 'infra'];

/** What may not import what, by `import/no-restricted-paths`. */
interface Zone {
  readonly target: string | readonly string[];
  readonly from: string | readonly string[];
  readonly except?: readonly string[];
  readonly message: string;
}

/** Turns the tables above into one lint rule, and forbids cycles. */
export class ImportBoundaries extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    project.eslint?.addRules({
      'import/no-restricted-paths': ['error', { zones: [...folderZones(), ...toolZones(), ...packageZones()] }],
      'import/no-cycle': ['error', { ignoreExternal: true }],
    });
    project.eslint?.addOverride({
      files: CLI_WIRING,
      rules: { 'import/no-restricted-paths': ['error', { zones: [SHIPPED] }] },
    });
    // A third of the rule's time, for files that nothing else is built on.
    project.eslint?.addOverride({ files: ['test/**'], rules: { 'import/no-cycle': ['off'] } });
    project.eslint?.addOverride({
      files: ['src/*/**/*.ts'],
      excludedFiles: ENVIRONMENT_HOMES.map((folder) => `src/${folder}/**`),
      rules: { 'no-restricted-properties': ['error', ENVIRONMENT_RULE] },
    });
  }
}

function folderZones(): readonly Zone[] {
  const zones = Object.entries(MAY_IMPORT).map(([folder, allowed]): Zone => ({
    target: `./src/${folder}`,
    from: './src',
    except: [folder, ...allowed].map((other) => `./${other}`),
    message: `src/${folder} may import ${allowed.length > 0 ? `only ${allowed.join(', ')}` : 'nothing of ours'} (docs/architecture.md).`,
  }));
  return [
    ...zones,
    {
      target: './src/infra',
      from: './src/handlers/**/!(*-function).ts',
      message: 'src/infra imports only the generated *-function.ts of src/handlers.',
    },
    SHIPPED,
  ];
}

const SHIPPED: Zone = {
  target: './src',
  from: ['./tools', './test', './projenrc'],
  message: 'src ships: it imports nothing that only our machines have (docs/architecture.md).',
};

function toolZones(): readonly Zone[] {
  return Object.entries(STANDALONE_TOOLS).flatMap(([tool, allowed]): Zone[] => {
    const others = allowed.length > 0 ? ` but ${allowed.join(', ')}` : '';
    const message = `tools/${tool} may import nothing of src and of other tools${others} (docs/architecture.md).`;
    return [
      { target: `./tools/${tool}`, from: './src', message },
      { target: `./tools/${tool}`, from: './tools', except: [tool, ...allowed].map((path) => `./${path}`), message },
    ];
  });
}

function packageZones(): readonly Zone[] {
  return PACKAGE_HOMES.map(({ packages, folders, why }): Zone => ({
    target: Object.keys(MAY_IMPORT).filter((folder) => !folders.includes(folder)).map((folder) => `./src/${folder}`),
    from: packages.map((name) => `./node_modules/${name}`),
    message: `Import it elsewhere: ${why} (docs/architecture.md).`,
  }));
}

const ENVIRONMENT_RULE = {
  object: 'process',
  property: 'env',
  message: 'The environment is read in src/handlers and in the entry points of src/cli; pass values on.',
};

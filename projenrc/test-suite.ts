import type { awscdk } from 'projen';
import { Component, JsonFile } from 'projen';

const TEST_FILE = '*.test.{ts,tsx}';

/** A test that starts a whole stage, or judges what a deployment would use, wherever it lies. */
const STAGE_TESTS = [`**/test/{flow,e2e,load,bench}/**/${TEST_FILE}`, '**/test/**/*.stage.test.{ts,tsx}'];
const TOOLS_TESTS = [`**/test/{tools,projenrc}/**/${TEST_FILE}`];
const INFRA_TESTS = [`**/test/infra/**/${TEST_FILE}`];

/** Test files that are prepared in one way. */
interface Suite {
  readonly displayName: string;
  readonly testMatch: readonly string[];
  /** Runs once before the suite's first file, if any of its files is run. */
  readonly globalSetup?: string;
}

interface Tier {
  readonly task: string;
  readonly description: string;
  readonly suites: readonly Suite[];
}

/** What is repeated at each change is apart from what is repeated before a change is merged. A file is in one suite. */
const TIERS: readonly Tier[] = [
  {
    task: 'test',
    description: 'Tests what ships, without a running stack: repeat it at each change; a path is a part of it',
    suites: [
      {
        displayName: 'unit',
        testMatch: [`**/test/**/${TEST_FILE}`, ...[...STAGE_TESTS, ...TOOLS_TESTS, ...INFRA_TESTS].map(without)],
      },
      {
        displayName: 'infra',
        testMatch: [...INFRA_TESTS, ...STAGE_TESTS.map(without)],
        globalSetup: '<rootDir>/test/infra/synthesise-samples.ts',
      },
    ],
  },
  {
    task: 'test:stage',
    description:
      "Tests whole stages over the synthesised stack: flows, killed processes, personal data, budgets, CloudFormation's rules",
    suites: [
      { displayName: 'stage', testMatch: STAGE_TESTS, globalSetup: '<rootDir>/test/support/synthesise-once.ts' },
    ],
  },
  {
    task: 'test:tools',
    description: 'Tests what runs on our machines: the embedded cloud, simulators, deployment and the pipeline',
    suites: [{ displayName: 'tools', testMatch: [...TOOLS_TESTS, ...STAGE_TESTS.map(without)] }],
  },
];

/**
 * Types are checked once by the compile task. This takes a tenth of the compiler's time, which counts where nothing is
 * cached yet.
 */
const TO_JAVASCRIPT = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' }, keepClassNames: true },
  // Node.js itself imports ES modules.
  module: { type: 'commonjs', ignoreDynamic: true },
  sourceMaps: 'inline',
};

/** Packages that are ES modules alone, which Jest cannot load as they are; what ships bundles them. */
const ES_PACKAGES = ['email-reply-parser', 'jose', 'oauth4webapi'];
const ES_MODULES = `/node_modules/(?:${ES_PACKAGES.join('|')})/.+\\.js$`;

/** Entry points, which tests start as processes, and the page, which a browser runs: no counter sees them. */
const UNCOUNTED = ['src/console/**', 'src/main.ts', 'src/bootstrap.ts', 'src/**/*-function.ts', 'src/cli/engine.ts'];

/** The tiers that count for the coverage floor, by the ends of their tasks' names. */
const COUNTED = ['test', 'stage'];

/** Tests in three tiers, in random order; a coverage floor for what ships. */
export class TestSuite extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    project.addDevDeps(
      'jest@^30',
      '@types/jest@^30',
      'jest-environment-node@^30',
      '@swc/core@^1.16.22',
      '@swc/jest@^0.2.39',
    );
    project.addDevDeps('istanbul-lib-coverage@^3.2.2', '@types/istanbul-lib-coverage@^2.0.6');
    project.gitignore.exclude('/coverage/');
    project.npmignore?.exclude('/coverage/');
    new JsonFile(project, 'jest.config.json', { obj: configuration(), marker: true });
    project.testTask.reset();
    for (const { task: name, description, suites } of TIERS) {
      const task = name === project.testTask.name ? project.testTask : project.addTask(name);
      task.description = description;
      const selected = suites.map(({ displayName }) => displayName);
      task.addSteps({ execArgs: ['jest', '--selectProjects', ...selected, '--randomize', '--ci'], receiveArgs: true });
      // Room for young objects, 16 MB otherwise: each test file loads its modules anew, and copying what is soon
      // garbage took a twelfth of the run.
      task.env('NODE_OPTIONS', '--max-semi-space-size=64');
    }
    project.addTask('record-templates', {
      description:
        "Records the stack's templates in test/infra/templates as they are synthesised now, so that a change of them is reviewed",
      steps: [{ execArgs: ['tsx', 'test/infra/write-templates.ts', '--record'] }],
    });
    project.gitattributes.addAttributes('/test/infra/templates/*', 'linguist-generated');
    project.addTask('test:floor', {
      description:
        'Fails if the tests that ran with --coverage before, of the first two tiers, reach too little of src',
      steps: [
        {
          execArgs: [
            'tsx',
            'test/support/coverage-floor.ts',
            ...COUNTED.map((tier) => `coverage/${tier}/coverage-final.json`),
          ],
        },
      ],
    });
    // The build repeats all tiers; Projen's own list of its steps is closed.
    const tests = TIERS.map(({ task }) => {
      const folder = COUNTED.find((counted) => task.endsWith(counted));
      return {
        spawn: task,
        ...(folder !== undefined && { args: ['--coverage', '--coverageDirectory', `coverage/${folder}`] }),
      };
    });
    const build = [project.defaultTask, project.preCompileTask, project.compileTask, project.postCompileTask].map(
      (task) => ({ spawn: task?.name }),
    );
    project
      .tryFindObjectFile('.projen/tasks.json')
      ?.addOverride('tasks.build.steps', [...build, ...tests, { spawn: 'test:floor' }]);
  }
}

function configuration(): object {
  return {
    projects: TIERS.flatMap(({ suites }) => suites).map((suite) => ({
      ...suite,
      roots: ['<rootDir>/src', '<rootDir>/tools', '<rootDir>/projenrc', '<rootDir>/test'],
      testEnvironment: '<rootDir>/test/support/test-environment.ts',
      clearMocks: true,
      transform: { '^.+\\.tsx?$': ['@swc/jest', TO_JAVASCRIPT], [ES_MODULES]: ['@swc/jest', TO_JAVASCRIPT] },
      transformIgnorePatterns: [`/node_modules/(?!(?:${ES_PACKAGES.join('|')})/)`],
    })),
    passWithNoTests: false,
    // A hang is what it is for: a busy machine is no reason to fail.
    testTimeout: 300_000,
    maxWorkers: '100%',
    collectCoverageFrom: ['src/**/*.ts', ...UNCOUNTED.map((path) => `!${path}`)],
    coverageDirectory: 'coverage',
    // V8's own counters are switched on and off around each test file, which more than doubles the run; Babel's cost a
    // seventh of it.
    coverageProvider: 'babel',
    coverageReporters: ['json', 'lcov'],
  };
}

function without(pattern: string): string {
  return `!${pattern}`;
}

import type { awscdk } from 'projen';
import { Component, JsonFile } from 'projen';

const TEST_FILE = '*.test.{ts,tsx}';

/** A test that starts a whole stage, or judges what a deployment would use, wherever it lies. */
const STAGE_TESTS = [`**/test/{flow,e2e,load,bench}/**/${TEST_FILE}`, '**/test/**/*.stage.test.{ts,tsx}'];
const TOOLS_TESTS = [`**/test/{tools,projenrc}/**/${TEST_FILE}`];

interface Tier {
  readonly name: 'unit' | 'stage' | 'tools';
  readonly description: string;
  readonly testMatch: readonly string[];
  readonly globalSetup?: string;
}

/** What is repeated at each change is apart from what is repeated before a change is merged. A file is in one tier. */
const TIERS: readonly Tier[] = [
  {
    name: 'unit',
    description: 'Tests what ships, without a stack: repeat it at each change; a path is a part of it',
    testMatch: [`**/test/**/${TEST_FILE}`, ...[...STAGE_TESTS, ...TOOLS_TESTS].map(without)],
  },
  {
    name: 'stage',
    description: 'Tests whole stages over the synthesised stack: flows, killed processes, personal data, budgets, CloudFormation\'s rules',
    testMatch: STAGE_TESTS,
    globalSetup: '<rootDir>/test/support/synthesise-once.ts',
  },
  {
    name: 'tools',
    description: 'Tests what runs on our machines: the embedded cloud, simulators, deployment and the pipeline',
    testMatch: [...TOOLS_TESTS, ...STAGE_TESTS.map(without)],
  },
];

/** Types are checked once by the compile task. This takes a tenth of the compiler's time, which counts where nothing is cached yet. */
const TO_JAVASCRIPT = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' }, keepClassNames: true },
  // Node.js itself imports ES modules.
  module: { type: 'commonjs', ignoreDynamic: true },
  sourceMaps: 'inline',
};

/** Entry points: the tests start them as processes, which no counter sees. */
const UNCOUNTED = ['src/main.ts', 'src/bootstrap.ts', 'src/**/*-function.ts', 'src/cli/engine.ts'];

/** Tests in three tiers, in random order; a coverage floor for what ships. */
export class TestSuite extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    project.addDevDeps('jest@^30', '@types/jest@^30', 'jest-environment-node@^30', '@swc/core@^1.16.22', '@swc/jest@^0.2.39');
    project.gitignore.exclude('/coverage/');
    project.npmignore?.exclude('/coverage/');
    new JsonFile(project, 'jest.config.json', { obj: configuration(), marker: true });
    project.testTask.reset();
    for (const tier of TIERS) {
      const task = tier.name === 'unit' ? project.testTask : project.addTask(`test:${tier.name}`);
      task.description = tier.description;
      task.addSteps({ execArgs: ['jest', '--selectProjects', tier.name, '--randomize', '--ci'], receiveArgs: true });
      // Room for young objects, 16 MB otherwise: each test file loads its modules anew, and copying what is soon garbage took a twelfth of the run.
      task.env('NODE_OPTIONS', '--max-semi-space-size=64');
    }
    // The build repeats all tiers, the first one with its coverage floor; Projen's own list of the build's steps is closed.
    const tests = TIERS.map(({ name }) => (name === 'unit' ? { spawn: 'test', args: ['--coverage'] } : { spawn: `test:${name}` }));
    const build = [project.defaultTask, project.preCompileTask, project.compileTask, project.postCompileTask].map((task) => ({ spawn: task?.name }));
    project.tryFindObjectFile('.projen/tasks.json')?.addOverride('tasks.build.steps', [...build, ...tests]);
  }
}

function configuration(): object {
  return {
    projects: TIERS.map(({ name, testMatch, globalSetup }) => ({
      displayName: name,
      testMatch,
      globalSetup,
      roots: ['<rootDir>/src', '<rootDir>/tools', '<rootDir>/projenrc', '<rootDir>/test'],
      testEnvironment: '<rootDir>/test/support/test-environment.ts',
      clearMocks: true,
      transform: { '^.+\\.tsx?$': ['@swc/jest', TO_JAVASCRIPT] },
    })),
    passWithNoTests: false,
    // A hang is what it is for: a busy machine is no reason to fail.
    testTimeout: 90_000,
    maxWorkers: '100%',
    collectCoverageFrom: ['src/**/*.ts', ...UNCOUNTED.map((path) => `!${path}`)],
    coverageDirectory: 'coverage',
    // V8's own counters are switched on and off around each test file, which more than doubles the run; Babel's cost a seventh of it.
    coverageProvider: 'babel',
    coverageReporters: ['text-summary', 'json-summary', 'lcov'],
    // Babel counts each default value and optional step as a branch, which V8 does not.
    coverageThreshold: { global: { statements: 95, branches: 88, functions: 95, lines: 95 } },
  };
}

function without(pattern: string): string {
  return `!${pattern}`;
}

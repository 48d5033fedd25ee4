import type { awscdk } from 'projen';
import { Component, javascript } from 'projen';

/** Unit and integration tests: random order, a coverage floor, no snapshot that updates itself. */
export class TestSuite extends Component {
  static readonly jestOptions: javascript.JestOptions = {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    extraCliOptions: ['--randomize'],
    coverageText: false,
    junitReporting: false,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.tsx'],
      collectCoverageFrom: [
        'src/**/*.ts',
        'tools/**/*.ts',
        '!src/main.ts',
        '!src/bootstrap.ts',
        '!src/**/*-function.ts',
        // Entry points of commands: the continuous integration runs them.
        '!tools/local-stage/{demo,local}.ts',
        '!src/cli/engine.ts',
        '!tools/{deployment/deployment,adoption/adopt,delivery-steps/pipeline}.ts',
        // What only a running emulator can show: `npx projen rehearse` runs all of it.
        '!tools/pipeline-rehearsal/{pipeline-rehearsal,rehearse-on-emulator,account,emulator-capabilities,adoption-scenario}.ts',
        '!tools/pipeline-rehearsal/emulator/ministack.ts',
        '!tools/pipeline-rehearsal/emulator-copy/copy-for-emulator.ts',
        '!tools/pipeline-rehearsal/delivery/{delivery-rehearsal,deployed-stage,identity-token}.ts',
      ],
      // V8's own counters are switched on and off around each test file, which more than doubles the run; Babel's cost a seventh of it.
      coverageProvider: 'babel',
      coverageReporters: ['text-summary', 'json-summary', 'lcov'],
      // A hang is what it is for: a busy machine is no reason to fail.
      testTimeout: 90_000,
      maxWorkers: '100%',
      globalSetup: '<rootDir>/test/support/synthesise-once.ts',
      testEnvironment: '<rootDir>/test/support/test-environment.ts',
    },
  };

  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    // The environment of the tests adds to it.
    project.addDevDeps('jest-environment-node@^30');
    // Room for young objects, 16 MB otherwise: each test file loads its modules anew, and copying what is soon garbage took a twelfth of the run.
    project.testTask.env('NODE_OPTIONS', '--max-semi-space-size=64');
    const manifest = project.tryFindObjectFile('package.json');
    // Types are checked once by the compile task; checking them again in every test file would triple the run.
    manifest?.addOverride('jest.transform', { '^.+\\.[t]sx?$': ['ts-jest', { tsconfig: project.tsconfigDev.fileName, diagnostics: false }] });
    // Babel counts each default value and optional step as a branch, which V8 does not.
    manifest?.addOverride('jest.coverageThreshold', { global: { statements: 95, branches: 88, functions: 95, lines: 95 } });
  }
}

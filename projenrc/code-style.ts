import type { awscdk, javascript } from 'projen';
import { Component } from 'projen';

/** Files that are mostly tables, one row a line: easier to compare in columns than folded. */
const TABLES = [
  'src/proof/claims/dates.ts',
  'src/proof/claims/numeric-dates.ts',
  'src/proof/claims/times.ts',
  'src/providers/twilio-codes.ts',
  'tools/delivery-steps/pipeline-program.ts',
  'tools/embedded-aws/template/resource-types.ts',
  'tools/local-stage/sample/company.ts',
  'tools/pipeline-rehearsal/delivery/delivery-scenarios.ts',
  'tools/pipeline-rehearsal/rehearse-on-emulator.ts',
];

/** What reads texts that others wrote: messages, facts, vendors' answers, and what a pipeline fetches. */
const READS_FOREIGN_TEXT = ['src/**/*.ts', 'tools/adoption/**/*.ts', 'tools/delivery-steps/**/*.ts'];

/** The rules of taste that a machine can keep; size limits are those of docs/architecture.md. */
export class CodeStyle extends Component {
  static readonly eslintOptions: javascript.EslintOptions = {
    dirs: ['src'],
    devdirs: ['test', 'tools', 'projenrc', '.projenrc.ts'],
    ignorePatterns: ['*-function.ts', 'node_modules/'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
  };

  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    const eslint = project.eslint;
    if (!eslint) {
      throw new Error(
        'ESLint is switched off in .projenrc.ts, but the code style needs it: leave the option `eslint` at its default.',
      );
    }
    const lineLength = (code: number) => [
      'error',
      // A string or an expression that is longer is split where that can be read; a web address cannot be.
      { code, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
    ];
    eslint.addRules({
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-len': lineLength(120),
      'curly': ['error', 'multi-line', 'consistent'],
      'import/no-default-export': ['error'],
      '@stylistic/max-len': ['off'],
      '@stylistic/object-property-newline': ['off'],
      // A third of the lint's time; what it guards against, a rejection outside a try, no-floating-promises sees too.
      '@typescript-eslint/return-await': ['off'],
      'import/order': [
        'error',
        { 'groups': ['builtin', 'external', 'parent', 'sibling'], 'newlines-between': 'never' },
      ],
      '@stylistic/quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: true }],
      '@stylistic/member-delimiter-style': ['error'],
      '@typescript-eslint/consistent-type-imports': ['error'],
      '@typescript-eslint/no-explicit-any': ['error'],
      '@typescript-eslint/no-non-null-assertion': ['error'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    });
    // What runs on a developer's machine only may use what only that machine has.
    for (const folder of ['src/cli/**', 'src/gateway/**', 'src/stage-probe/**']) eslint.allowDevDeps(folder);
    eslint.addOverride({
      files: ['test/**/*.ts'],
      rules: {
        'max-lines': ['off'],
        'max-lines-per-function': ['off'],
        'no-bitwise': ['off'],
        '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
        '@typescript-eslint/member-ordering': ['off'],
        '@typescript-eslint/switch-exhaustiveness-check': ['off'],
      },
    });
    refuseSlowExpressions(project, eslint);
    eslint.addOverride({ files: [...TABLES], rules: { 'max-len': lineLength(220) } });
    // Lint belongs to the checks of the source, so that the tests alone stay quick to repeat.
    project.compileTask.spawn(eslint.eslintTask);
    project.addTask('lint', {
      description: 'Lints the named files and mends what can be mended by itself: npx projen lint src/router/accept.ts; compile lints everything',
      env: { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' },
      steps: [{ execArgs: ['eslint', '--ext', '.ts,.tsx', '--fix'], receiveArgs: true }],
    });
  }
}

/**
 * An expression that tries again from each character, or each split of them, lets one long text hold a function for
 * seconds, and all companies of its batch with it.
 */
function refuseSlowExpressions(project: awscdk.AwsCdkTypeScriptApp, eslint: javascript.Eslint): void {
  project.addDevDeps('eslint-plugin-regexp@^3.3.3');
  eslint.addPlugins('regexp');
  eslint.addOverride({
    files: READS_FOREIGN_TEXT,
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error'],
    },
  });
}

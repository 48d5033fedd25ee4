import type { awscdk, javascript } from 'projen';
import { Component } from 'projen';

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
    eslint.addRules({
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-len': [
        'error',
        { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
      ],
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
        'max-len': ['off'],
        'no-bitwise': ['off'],
        '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
        '@typescript-eslint/member-ordering': ['off'],
        '@typescript-eslint/switch-exhaustiveness-check': ['off'],
      },
    });
    // Lint belongs to the checks of the source, so that the tests alone stay quick to repeat.
    project.compileTask.spawn(eslint.eslintTask);
    project.addTask('lint', {
      description: 'Lints the named files and mends what can be mended by itself: npx projen lint src/router/accept.ts; compile lints everything',
      env: { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' },
      steps: [{ execArgs: ['eslint', '--ext', '.ts,.tsx', '--fix'], receiveArgs: true }],
    });
  }
}

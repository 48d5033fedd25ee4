import type { awscdk, javascript } from 'projen';
import { Component } from 'projen';

/** Type-checks everything that is written by hand, handlers included: bundling alone would strip their types unread. */
export class TypeCheck extends Component {
  static readonly compilerOptions: javascript.TypeScriptCompilerOptions = {
    target: 'ES2022',
    lib: ['ES2023'],
    types: ['node', 'jest'],
    skipLibCheck: true,
    isolatedModules: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noFallthroughCasesInSwitch: true,
  };

  static readonly include = ['src/**/*.ts', 'tools/**/*.ts', 'test/**/*.ts', 'projenrc/**/*.ts', '.projenrc.ts'];

  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    // The same runner for the project file as for the app: ts-node takes twice as long.
    project.defaultTask?.reset('tsx .projenrc.ts');
    // What it learned is kept: after an edit only what depends on it is checked again.
    const kept = ['--incremental', '--tsBuildInfoFile', '.local/types.tsbuildinfo'];
    project.compileTask.reset();
    project.compileTask.addSteps({ execArgs: ['tsc', '--project', project.tsconfigDev.fileName, '--noEmit', ...kept] });
    // Handlers' constructs import bundles by path only, so the bundle is not needed to check types.
    project.deps.removeDependency('ts-node');
  }
}

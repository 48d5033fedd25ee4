import type { awscdk } from 'projen';
import { Component } from 'projen';

/** Tasks that are steps of others or that only workflows call, by their names; people have a better one. */
const HIDDEN = /^(bundle(:.+)?|default|eject|eslint|install(:ci)?|package|pipeline|pre-compile|post-compile|synth:silent|test:floor)$/;

/** `npx projen --help` is a menu: what is not described, or has a shorter way, runs as before and is not listed. */
export class TaskMenu extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    // It deployed without any of the checks of `deploy`.
    project.removeTask('watch');
    project.buildTask.description = 'Generates, type-checks, lints, bundles, synthesises and runs all tests, with the coverage floor';
    project.compileTask.description = 'Type-checks and lints everything';
    this.replaceUpgrade(project);
    const synth = project.tasks.tryFind('synth');
    if (synth) synth.description = 'Synthesises every stage into cdk.out';
  }

  /**
   * projen's own names every package to `npm update`, which then knows nothing of `overrides` and refuses
   * openapi-typescript beside TypeScript 6; and it asks for a package of its own on a terminal. Without names npm
   * resolves the whole tree, overrides included. As in the nightly job, no package runs a script.
   */
  private replaceUpgrade(project: awscdk.AwsCdkTypeScriptApp): void {
    project.removeTask('upgrade');
    project.removeTask('post-upgrade');
    project.addTask('upgrade', {
      description: 'Takes the newest versions that the ranges in .projenrc.ts allow, and generates everything anew',
      steps: [
        { execArgs: ['npm', 'update', '--ignore-scripts', '--no-audit', '--no-fund'] },
        { execArgs: ['npx', 'projen'] },
      ],
    });
  }

  override preSynthesize(): void {
    const file = this.project.tryFindObjectFile('.projen/tasks.json');
    for (const { name, description } of this.project.tasks.all) {
      // What yargs lists nothing for.
      if (description === undefined || HIDDEN.test(name)) file?.addOverride(`tasks.${name.replaceAll('.', '\\.')}.description`, false);
    }
  }
}

import type { awscdk } from 'projen';
import { Component } from 'projen';

/** Tasks that are steps of others or that only workflows call, by their names; people have a better one. */
const HIDDEN = /^(bundle(:.+)?|default|eject|eslint|install(:ci)?|package|pipeline|pre-compile|post-compile|post-upgrade|synth:silent|test:floor)$/;

/** `npx projen --help` is a menu: what is not described, or has a shorter way, runs as before and is not listed. */
export class TaskMenu extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    // It deployed without any of the checks of `deploy`.
    project.removeTask('watch');
    project.buildTask.description = 'Generates, type-checks, lints, bundles, synthesises and runs all tests, with the coverage floor';
    project.compileTask.description = 'Type-checks and lints everything';
    const upgrade = project.tasks.tryFind('upgrade');
    if (upgrade) upgrade.description = 'Takes the newest versions that the ranges in .projenrc.ts allow, and generates everything anew';
    const synth = project.tasks.tryFind('synth');
    if (synth) synth.description = 'Synthesises every stage into cdk.out';
  }

  override preSynthesize(): void {
    const file = this.project.tryFindObjectFile('.projen/tasks.json');
    for (const { name, description } of this.project.tasks.all) {
      // What yargs lists nothing for.
      if (description === undefined || HIDDEN.test(name)) file?.addOverride(`tasks.${name.replaceAll('.', '\\.')}.description`, false);
    }
  }
}

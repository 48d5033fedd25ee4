import type { awscdk, TaskStep } from 'projen';
import { Component } from 'projen';

/** Folder for what the embedded cloud and the tests write; ignored by git. */
const LOCAL_FOLDER = '.local';

/**
 * The SDK warns on each start on the project's lowest Node.js; its releases that need more are pinned away by the lock
 * file.
 */
const QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

/**
 * Packages with scripts of installation. None of them runs, here as in the pipeline, which installs by
 * `--ignore-scripts`: each only looks for the prebuilt program that npm has put beside it.
 */
const WITH_INSTALL_SCRIPTS = ['@parcel/watcher', '@swc/core', 'classic-level', 'esbuild', 'unrs-resolver'];

/** The operators' command; it runs a bundle, and makes it anew where the source is younger. */
const ENGINE = 'bin/engine.mjs';

/**
 * A step that gets the task's own arguments exactly as they were typed: `exec` would have a second shell read them
 * again.
 */
function forwarding(...execArgs: readonly string[]): TaskStep {
  return { execArgs: [...execArgs], receiveArgs: true };
}

function addWordLists(project: awscdk.AwsCdkTypeScriptApp): void {
  project.addTask('word-lists', {
    description: 'Makes the lists that the proof reads (src/proof/words) from dictionaries and telephone metadata anew',
    exec: 'tsx tools/word-lists/write-word-lists.ts',
  });
}

/** The commands that users type: `npx projen demo`, `npx projen local`. */
export class ProjectTasks extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    project.gitignore.exclude(`/${LOCAL_FOLDER}/`);
    project.addTask('demo', {
      description: 'Sends one message a channel through the synthesised stack on this machine and shows three refusals',
      steps: [forwarding('tsx', 'tools/local-stage/demo.ts')],
    });
    project.addTask('local', {
      description:
        'Runs the synthesised stack on this machine until it is stopped; prints the URL, a key and a curl line',
      steps: [forwarding('tsx', 'tools/local-stage/local.ts')],
    });
    project.addTask('engine', {
      description: 'The operators\' commands: npx projen engine -- --help',
      steps: [forwarding('node', ENGINE)],
    });
    this.addEngineCommand(project);
    project.addTask('adopt', {
      description: 'Plans how a stage that was made by hand becomes the stack\'s: --stage dev; --apply carries it out',
      steps: [forwarding('tsx', 'tools/adoption/adopt.ts')],
    });
    addExplainStack(project);
    project.addTask('rehearse', {
      description:
        'Executes the generated delivery on an AWS emulator and breaks it on purpose; --checked leaves out lint and '
          + 'tests, --require fails without Python',
      steps: [forwarding('tsx', 'tools/pipeline-rehearsal/pipeline-rehearsal.ts')],
    });
    project.addTask('e2e', {
      description:
        'Tests a stage end to end, on this machine, on an emulator or deployed: npx projen e2e --stage local; '
          + 'onboards and removes a company of its own',
      steps: [forwarding('tsx', 'test/e2e/e2e.ts')],
    });
    project.addTask('smoke', {
      description: 'Looks whether a deployed stage lives, and writes nothing there: npx projen smoke --stage prod',
      steps: [forwarding('tsx', 'test/e2e/e2e.ts', '--smoke')],
    });
    project.addTask('load', {
      description:
        'Sends 5,000 requests through the embedded cloud while vendors fail, processes are killed and messages come '
          + 'twice; --write keeps the table',
      steps: [forwarding('tsx', 'test/load/load.ts')],
    });
    project.addTask('bench', {
      description:
        'Measures start, router, processor, scale, cost and what the proof lets out: '
          + '[start|router|processor|scale|cost|truth|truth-cited|truth-speed|guard] [--quick] [--json]; --write keeps tables and chart in docs',
      steps: [forwarding('tsx', 'test/bench/bench.ts')],
    });
    addWordLists(project);
    addJudges(project);
    for (const [name, value] of Object.entries(QUIET)) project.tasks.addEnvironment(name, value);
    project.package.addEngine('npm', '>=10');
    // The newest of these need Node.js 22, and what uses them works with the ones before.
    project.package.addPackageResolutions('unrs-resolver@1.12.2', 'cookie@^1.1.1', 'jsdoc-type-pratt-parser@^7.2.0');
    // Its command runs on TypeScript 6 as well; only what it declares stops at 5.
    project.tryFindObjectFile('package.json')?.addOverride('overrides.openapi-typescript.typescript', '$typescript');
    project.package.addField('allowScripts', Object.fromEntries(WITH_INSTALL_SCRIPTS.map((name) => [name, false])));
  }

  /** `node_modules/.bin/engine`: the project depends on itself, so that `npm ci` links its own command. */
  private addEngineCommand(project: awscdk.AwsCdkTypeScriptApp): void {
    project.addBins({ engine: ENGINE });
    project.addDevDeps(`${project.name}@file:.`);
    const bundle = project.addTask('bundle:engine', { steps: [{ execArgs: ['node', 'bin/bundle-engine.mjs'] }] });
    project.preCompileTask.spawn(bundle);
    // Not by way of the task, whose runner answers every failure with exit code 1.
    project.package.setScript('engine', `node ${ENGINE}`);
  }
}

/** What judges the engine by something that it was not written by: chance, and the vendors' own documents. */
function addJudges(project: awscdk.AwsCdkTypeScriptApp): void {
  project.addTask('simulate', {
    description:
      'Runs the engine in memory under crashes, duplicates and lost answers: --seeds N [--from N], --seed N prints one run, --mutations',
    steps: [forwarding('tsx', 'test/simulation/simulate.ts')],
  });
  project.addTask('conformance', {
    description:
      "Judges what the adapters send by the vendors' published documents: --twilio FILE --sendgrid FILE --openai FILE",
    steps: [forwarding('tsx', 'tools/conformance/conformance.ts')],
  });
}

function addExplainStack(project: awscdk.AwsCdkTypeScriptApp): void {
  project.addTask('explain-stack', {
    description: "Names the source's files and lines in a function's stack: --function channel-router < log",
    steps: [forwarding('tsx', 'tools/explain-stack/main.ts')],
  });
}

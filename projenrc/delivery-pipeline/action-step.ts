import type { github } from 'projen';
import { HANDLER_BUNDLES } from '../handler-bundles';
import type { PinnedAction } from './pinned-actions';

type JobStep = github.workflows.JobStep;

interface ActionStepOptions {
  readonly id?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

/** A step that uses an action; only those in the list of pins can be named. */
export function actionStep(name: string, action: PinnedAction, options: ActionStepOptions = {}): JobStep {
  return { name, uses: action, ...options };
}

/** The Node.js that the functions run on (projenrc/handler-bundles.ts), and npm with it. */
export const NODE_VERSION = HANDLER_BUNDLES.runtime?.functionRuntime.replace(/^nodejs(\d+)\.x$/, '$1') ?? '';

interface PrepareOptions {
  readonly ref?: string;
  readonly cachePackages?: boolean;
  /** Another Node.js than the functions'. */
  readonly node?: string;
}

/** Checks out, and installs exactly the lock file's packages without running any script of theirs. */
export function prepare(options: PrepareOptions = {}): JobStep[] {
  return [
    // Without the token in .git/config no later step can push or call the API with it.
    actionStep('Check out', 'actions/checkout', {
      with: { 'persist-credentials': false, ...(options.ref === undefined ? {} : { ref: options.ref }) },
    }),
    actionStep('Set up Node.js', 'actions/setup-node', {
      // No shared cache where something is deployed: what one run stores there, another one would run.
      with: {
        'node-version': options.node ?? NODE_VERSION,
        ...(options.cachePackages ? { cache: 'npm' } : { 'package-manager-cache': false }),
      },
    }),
    { name: 'Install packages', run: 'npm ci --ignore-scripts --no-audit --no-fund' },
  ];
}

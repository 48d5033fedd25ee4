import { AsyncLocalStorage } from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';
import { sharedTableEngine } from './shared-table-engine';

// The SDK warns in every worker on the project's lowest Node.js.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

type Storage = AsyncLocalStorage<unknown>;
type Run = Storage['run'];

/**
 * Gives the files of a worker one table engine, and ends with a test file the stores of asynchronous context that it
 * has used. Jest's runner and
 * the libraries under test, loaded anew for each file, make stores that nobody ends; before Node.js 24 each of them is
 * handed on with every promise
 * of all later files of the same process.
 */
class WorkerEnvironment extends TestEnvironment {
  private readonly used = new Set<Storage>();
  private readonly run = AsyncLocalStorage.prototype.run;

  override async setup(): Promise<void> {
    await super.setup();
    this.global.tableEngine = sharedTableEngine;
    const { run, used } = this;
    const recorded: Run = function (this: Storage, ...words: Parameters<Run>) {
      used.add(this);
      return run.apply(this, words);
    };
    AsyncLocalStorage.prototype.run = recorded;
  }

  override async teardown(): Promise<void> {
    AsyncLocalStorage.prototype.run = this.run;
    for (const store of this.used) store.disable();
    await super.teardown();
  }
}

module.exports = WorkerEnvironment;

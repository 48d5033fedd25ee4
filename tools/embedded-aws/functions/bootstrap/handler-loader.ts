import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: object) => unknown;

/** A fault of loading or running a handler that Lambda's runtime names itself. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = `Runtime.${name}`;
  }
}

/**
 * Finds and loads the function that a handler string (`folder/file.export`) names, in Lambda's order and with Lambda's
 * errors.
 */
export async function loadHandler(taskRoot: string, handlerName: string): Promise<Handler> {
  const [, file, exportPath] = /^([^.]*)\.(.*)$/.exec(basename(handlerName)) ?? [];
  if (handlerName.includes('..') || file === undefined || exportPath === undefined) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${handlerName}' is not a valid handler name. Write it as file.export.`,
    );
  }
  const folder = handlerName.slice(0, handlerName.length - basename(handlerName).length);
  const loaded = await loadModule(resolve(taskRoot, folder, file), file);
  const handler = exportPath.split('.').reduce(propertyOf, loaded);
  if (handler === undefined) throw new RuntimeError('HandlerNotFound', `${handlerName} is undefined or not exported`);
  if (!isHandler(handler)) throw new RuntimeError('HandlerNotFound', `${handlerName} is not a function`);
  if (handler.length > 2) {
    throw new RuntimeError(
      'CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. Use an async '
        + 'handler.',
    );
  }
  return handler;
}

async function loadModule(path: string, file: string): Promise<unknown> {
  try {
    const extension = ['', '.js', '.mjs', '.cjs'].find((candidate) => existsSync(path + candidate));
    if (extension !== undefined) return await loadFile(path + extension);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) {
      throw new RuntimeError('UserCodeSyntaxError', `SyntaxError: ${thrown.message}`, { cause: thrown });
    }
    const isMissing = propertyOf(thrown, 'code') === 'MODULE_NOT_FOUND';
    if (isMissing) {
      throw new RuntimeError('ImportModuleError', `Error: ${String(propertyOf(thrown, 'message'))}`, { cause: thrown });
    }
    throw thrown;
  }
  throw new RuntimeError('ImportModuleError', `Error: Cannot find module '${file}'`);
}

async function loadFile(path: string): Promise<unknown> {
  if (path.endsWith('.mjs')) return import(pathToFileURL(path).href);
  try {
    // Not `require`, which the bundler would try to resolve: the path is known only when the process starts.
    return module.require(path);
  } catch (thrown) {
    if (propertyOf(thrown, 'code') !== 'ERR_REQUIRE_ESM') throw thrown;
    return import(pathToFileURL(path).href);
  }
}

function propertyOf(value: unknown, name: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  return Reflect.get(value, name);
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

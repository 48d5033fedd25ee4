import Module from 'node:module';
import { sep } from 'node:path';

/** What Lambda's Node.js runtime ships beside the bundle. */
const SHIPPED_BY_RUNTIME = /^@(aws-sdk|smithy)\//;

type ResolveFilename = (
  request: string,
  parent: { readonly filename?: string | null } | undefined,
  ...rest: unknown[]
) => string;

/**
 * Hides the project's `node_modules` from a bundle. Assets lie below the project folder, so that a module which the
 * bundler left out would be found on this machine and missing only in Lambda.
 */
export function hideModulesOutside(taskRoot: string): void {
  const original: unknown = Reflect.get(Module, '_resolveFilename');
  if (!isResolver(original)) {
    throw new Error(
      'Node.js has changed how it resolves modules: adapt tools/embedded-aws/functions/bootstrap/module-boundary.ts.',
    );
  }
  const insideTask = taskRoot.endsWith(sep) ? taskRoot : taskRoot + sep;
  const resolveInside: ResolveFilename = (request, parent, ...rest) => {
    const path = original.call(Module, request, parent, ...rest);
    const isAllowed = !parent?.filename?.startsWith(insideTask) || Module.isBuiltin(path) || path.startsWith(insideTask)
      || SHIPPED_BY_RUNTIME.test(request);
    if (isAllowed) return path;
    const missing = new Error(`Cannot find module '${request}' inside the function's bundle`);
    throw Object.assign(missing, { code: 'MODULE_NOT_FOUND' });
  };
  Reflect.set(Module, '_resolveFilename', resolveInside);
}

function isResolver(value: unknown): value is ResolveFilename {
  return typeof value === 'function';
}

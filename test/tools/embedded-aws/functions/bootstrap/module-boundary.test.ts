import Module from 'node:module';
import { hideModulesOutside } from '../../../../../tools/embedded-aws/functions/bootstrap/module-boundary';

const original: unknown = Reflect.get(Module, '_resolveFilename');
const PATHS: Readonly<Record<string, string>> = {
  './inner': '/project/.local/asset/inner.js',
  'zod': '/project/node_modules/zod/index.js',
  'node:fs': 'node:fs',
  '@aws-sdk/client-sqs': '/project/node_modules/@aws-sdk/client-sqs/index.js',
};

describe('what a bundle can load', () => {
  beforeEach(() => {
    Reflect.set(Module, '_resolveFilename', (request: string) => PATHS[request]);
    hideModulesOutside('/project/.local/asset');
  });
  afterEach(() => { Reflect.set(Module, '_resolveFilename', original); });

  const resolve = (request: string, filename: string | undefined = '/project/.local/asset/index.js'): unknown => {
    const patched: unknown = Reflect.get(Module, '_resolveFilename');
    if (typeof patched !== 'function') throw new Error('not patched');
    return patched(request, filename === undefined ? undefined : { filename });
  };

  test.each(['./inner', 'node:fs', '@aws-sdk/client-sqs'])('%s is there in Lambda too', (request) => {
    expect(resolve(request)).toBe(PATHS[request]);
  });

  test('a module of the project is not', () => {
    expect(() => resolve('zod')).toThrow(
      expect.objectContaining({
        code: 'MODULE_NOT_FOUND',
        message: "Cannot find module 'zod' inside the function's bundle",
      }),
    );
  });

  test('code beside the bundle loads what it likes', () => {
    expect(resolve('zod', '/project/node_modules/@aws-sdk/client-sqs/index.js')).toBe(PATHS.zod);
    expect(resolve('zod', '/project/.local/asset-of-another/index.js')).toBe(PATHS.zod);
  });

  test('a Node.js that resolves modules in another way is an error', () => {
    Reflect.set(Module, '_resolveFilename', undefined);
    expect(() => {
      hideModulesOutside('/project');
    }).toThrow('adapt tools/embedded-aws/functions/bootstrap/module-boundary.ts');
  });
});

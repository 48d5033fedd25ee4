import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionDefinitions } from '../../../tools/embedded-aws/functions/function-definition';
import { developFunctions } from '../../../tools/local-stage/development';
import { functionResource, handmadeStack, temporaryFolder, writeCode } from '../embedded-aws/functions/handmade-stack';

const SOURCES = {
  router: 'export const handler = async (): Promise<string> => "one";',
  worker: 'export const handler = () => 1;',
};

describe('functions under development', () => {
  const project = temporaryFolder();
  const stops: Array<() => Promise<void>> = [];
  const developed: string[] = [];
  const lines: string[] = [];
  let wake: () => void = () => undefined;
  const happened = async (isDone: () => boolean) => {
    while (!isDone()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  // In one step: the watcher may read at any moment, and a file that is being written is empty at first.
  const changeRouter = (source: string) => {
    const path = join(project.path, 'src/router.lambda.ts');
    writeFileSync(`${path}.new`, source);
    renameSync(`${path}.new`, path);
  };

  beforeEach(async () => {
    developed.length = 0;
    lines.length = 0;
    for (const [name, source] of Object.entries(SOURCES)) writeCode(project.path, 'src', source, `${name}.lambda.ts`);
    const definitions = functionDefinitions(
      handmadeStack([
        functionResource('Router', { Description: 'src/router.lambda.ts' }),
        functionResource('Worker', { Description: 'src/worker.lambda.ts' }),
        functionResource('Other', { Description: 'a function without a source of this project' }),
      ]),
    );
    stops.push(
      await developFunctions({
        projectFolder: project.path,
        folder: join(project.path, 'bundles'),
        lambda: {
          definitions,
          inspectPorts: new Map([['worker', 9229]]),
          develop: async (name) => {
            developed.push(name);
            wake();
            return Promise.resolve();
          },
        },
        print: (line) => {
          lines.push(line);
          wake();
        },
      }),
    );
  });
  afterEach(async () => { for (const stop of stops.splice(0)) await stop(); });
  afterAll(() => { rmSync(project.path, { recursive: true, force: true }); });

  test('run a bundle with source maps from the start if a debugger can be attached, and no others', () => {
    expect(developed).toEqual(['worker']);
    expect(readFileSync(join(project.path, 'bundles/worker/index.js'), 'utf8')).toContain('//# sourceMappingURL=data:');
  });

  test('restart when their own source changes', async () => {
    changeRouter(SOURCES.router.replace('one', 'two'));
    await happened(() => lines.length > 0);
    expect([developed, lines]).toEqual([['worker', 'router'], ['router runs the changed source.']]);
  });

  test('run on as they were while a source cannot be bundled', async () => {
    changeRouter('export const handler = (;');
    await happened(() => lines.length > 0);
    expect([developed, lines]).toEqual([
      ['worker'],
      [expect.stringMatching(/^Bundling the functions failed: .*router\.lambda\.ts:1\)\. What ran before/)],
    ]);
  });
});

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeSourceMaps } from '../../../../tools/delivery-steps/assembly/source-maps';
import { explainStack } from '../../../../tools/explain-stack/explain-stack';
import { temporaryRepository, writeFiles } from '../temporary-folder';
import { sampleAssembly } from './sample-assembly';

const ESBUILD = resolve('node_modules/esbuild/bin/esbuild');
const bundle = (name: string) => ['esbuild', '--bundle', `src/handlers/${name}.lambda.ts`, '--platform=node',
  '--minify', `--outfile=assets/handlers/${name}.lambda/index.js`];

/** Two files, so that a place in the bundle is neither file's own. */
const SOURCES = {
  'src/handlers/router.lambda.ts': "import { judge } from '../judge';\n\n"
    + 'export const handler = (name: string): number => {\n  const judged = judge(name);\n  return judged.length;\n};\n',
  'src/judge.ts': '/** Sees to it that a name is one. */\nexport function judge(name: string): string {\n'
    + "  if (name === '') {\n    throw new TypeError('a name is empty');\n  }\n  return name.trim();\n}\n",
};

/** A project of one function, and the assembly that was deployed. */
function project() {
  const folder = temporaryRepository({
    '.gitignore': 'node_modules\nassets\ncdk.out\ndist\n',
    '.projen/tasks.json': { tasks: { 'bundle:handlers/router.lambda': { steps: [{ execArgs: bundle('router') }] } } },
    ...SOURCES,
  });
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(ESBUILD, join(folder, 'node_modules/.bin/esbuild'));
  execFileSync(ESBUILD, bundle('router').slice(1), { cwd: folder, stdio: 'ignore' });
  const assembly = join(folder, 'cdk.out');
  writeFiles(assembly, sampleAssembly({ assetPath: 'asset.code' }));
  cpSync(join(folder, 'assets/handlers/router.lambda/index.js'), join(assembly, 'asset.code/index.js'));
  return { folder, assembly };
}

/** The stack that the deployed code itself throws. */
function stackOf(assembly: string): string {
  const script = 'try { require(process.argv[1]).handler(""); } catch (error) { console.log(error.stack); }';
  return execFileSync(process.execPath, ['-e', script, join(assembly, 'asset.code/index.js')], { encoding: 'utf8' });
}

test('a stack of the deployed bundle is read by the maps of its release, in a checkout that has gone on', async () => {
  const { folder, assembly } = project();
  const stack = stackOf(assembly);
  expect(stack).toMatch(/index\.js:\d+:\d+/);
  expect(stack).not.toContain('judge.ts');
  expect(await writeSourceMaps(folder, assembly, join(folder, 'dist/source-maps'))).toEqual(['router']);

  // As an operator has them: downloaded, beside sources of another commit and without the bundler.
  const elsewhere = mkdtempSync(join(tmpdir(), 'downloaded-'));
  cpSync(join(folder, 'dist/source-maps'), join(elsewhere, 'maps'), { recursive: true });
  const explained = explainStack(
    { projectFolder: elsewhere, handler: 'router', maps: join(elsewhere, 'maps') }, stack);
  expect(explained).toMatch(/TypeError: a name is empty\n\s+at .*\(src\/judge\.ts:4:11\)/);
  expect(explained).toMatch(/src\/handlers\/router\.lambda\.ts:4:18/);
  rmSync(elsewhere, { recursive: true });
});

test('what is stored holds no source and no code', async () => {
  const { folder, assembly } = project();
  await writeSourceMaps(folder, assembly, join(folder, 'dist/source-maps'));
  const map = readFileSync(join(folder, 'dist/source-maps/router/index.js.map'), 'utf8');
  const { sources } = JSON.parse(map);
  expect([...sources].sort()).toEqual(['../../../src/handlers/router.lambda.ts', '../../../src/judge.ts']);
  expect(map).not.toContain('sourcesContent');
  expect(map).not.toContain('a name is empty');
  expect(() => readFileSync(join(folder, 'dist/source-maps/router/index.js'))).toThrow('ENOENT');
});

test('maps of other code than what ships are refused, and so are those that are not there', async () => {
  const { folder, assembly } = project();
  writeFiles(folder, { 'src/judge.ts': SOURCES['src/judge.ts'].replace('name is empty', 'name is blank') });
  await expect(writeSourceMaps(folder, assembly, join(folder, 'dist/source-maps'))).rejects.toThrow(
    /^Making the source maps failed: the code in .*asset\.code is not what the bundler makes of this checkout\./);
  const maps = join(folder, 'nowhere');
  const read = () => explainStack({ projectFolder: folder, handler: 'router', maps }, '');
  expect(read).toThrow(/holds no source maps; download/);
  writeFiles(maps, { 'reader/index.js.map': '{}' });
  expect(read).toThrow(/has no map of router; take one of reader\.$/);
});

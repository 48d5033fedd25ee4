import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { billOfMaterials } from '../../../../tools/delivery-steps/assembly/bill-of-materials';
import { bundledFunctions } from '../../../../tools/delivery-steps/assembly/bundled-functions';
import { temporaryRepository, writeFiles } from '../temporary-folder';
import { sampleAssembly } from './sample-assembly';

const bundle = (name: string) => ['esbuild', '--bundle', `src/${name}.lambda.ts`, '--platform=node', '--minify',
  `--outfile=assets/${name}.lambda/index.js`];
const packageOf = (name: string, version: string, code: string) => ({
  [`node_modules/${name}/package.json`]: { name, version, license: 'MIT', main: 'index.js' },
  [`node_modules/${name}/index.js`]: code,
});

/** A project of one function, which uses one of the two packages that are installed. */
function project() {
  const folder = temporaryRepository({
    '.gitignore': 'node_modules\nassets\ncdk.out\n',
    '.projen/tasks.json': { tasks: { 'bundle:router.lambda': { steps: [{ execArgs: bundle('router') }] }, 'bundle': {} } },
    'package.json': { name: 'engine', version: '1.2.3', dependencies: { '@scope/used': '1.0.0', 'unused': '1.0.0' } },
    'package-lock.json': { packages: { 'node_modules/@scope/used': { integrity: 'sha512-3q2+7w==' }, '': {} } },
    'src/router.lambda.ts': "import { used } from '@scope/used';\nexport const handler = () => used;\n",
  });
  writeFiles(folder, {
    ...packageOf('@scope/used', '1.0.0', 'exports.used = 1;'), ...packageOf('unused', '1.0.0', 'exports.unused = 1;'),
    'cdk.out/none': '',
  });
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(resolve('node_modules/esbuild/bin/esbuild'), join(folder, 'node_modules/.bin/esbuild'));
  execFileSync(resolve('node_modules/esbuild/bin/esbuild'), bundle('router').slice(1), { cwd: folder, stdio: 'ignore' });
  const assembly = join(folder, 'cdk.out');
  writeFiles(assembly, sampleAssembly({ assetPath: 'asset.code' }));
  cpSync(join(folder, 'assets/router.lambda/index.js'), join(assembly, 'asset.code/index.js'));
  return { folder, assembly, code: readFileSync(join(assembly, 'asset.code/index.js')) };
}

test('the list has what the bundler put into a function, and not what is only installed', async () => {
  const { folder, assembly, code } = project();
  const bill = await billOfMaterials(folder, assembly);
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { component: { name: 'engine', version: '1.2.3' } } });
  expect(bill.components).toEqual([
    {
      'type': 'application', 'bom-ref': 'function:router', 'name': 'router',
      'hashes': [{ alg: 'SHA-256', content: createHash('sha256').update(code).digest('hex') }],
    },
    {
      'type': 'library', 'bom-ref': 'pkg:npm/%40scope/used@1.0.0', 'name': '@scope/used', 'version': '1.0.0',
      'purl': 'pkg:npm/%40scope/used@1.0.0', 'licenses': [{ expression: 'MIT' }],
      'hashes': [{ alg: 'SHA-512', content: 'deadbeef' }],
    },
  ]);
  expect(bill.dependencies).toContainEqual({ ref: 'function:router', dependsOn: ['pkg:npm/%40scope/used@1.0.0'] });
});

test('one commit gives one list', async () => {
  const { folder, assembly } = project();
  expect(await billOfMaterials(folder, assembly)).toEqual(await billOfMaterials(folder, assembly));
});

test('an assembly whose code is not that of the checkout is refused', async () => {
  const { folder, assembly } = project();
  writeFiles(assembly, { 'asset.code/index.js': 'exports.handler = () => 2;' });
  await expect(billOfMaterials(folder, assembly)).rejects.toThrow(/the code in .*asset\.code is not what the bundler makes/);
});

test('an assembly without code is refused', async () => {
  const { folder, assembly } = project();
  writeFiles(assembly, sampleAssembly({ source: { path: 'template.json', packaging: 'file' } }));
  await expect(billOfMaterials(folder, assembly)).rejects.toThrow('holds no code');
});

test('every function of this repository is bundled, and each holds packages', async () => {
  const functions = await bundledFunctions(resolve('.'));
  const handlers = execFileSync('git', ['ls-files', 'src/handlers/*.lambda.ts']).toString().trim().split('\n');
  expect(functions.map(({ name }) => name).sort()).toEqual(
    handlers.map((file) => file.replace(`${dirname(file)}/`, '').replace('.lambda.ts', '')).sort());
  for (const { name, packages } of functions) expect([name, packages.length > 3]).toEqual([name, true]);
});

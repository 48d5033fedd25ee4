import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { refuseOutsideAssets } from '../../../../tools/delivery-steps/assembly/seal';
import { temporaryFolder, writeFiles } from '../temporary-folder';
import { sampleAssembly } from './sample-assembly';

describe('the assets of an assembly', () => {
  test('pass if all lie inside it', async () => {
    await expect(refuseOutsideAssets(temporaryFolder(sampleAssembly()))).resolves.toBeUndefined();
  });

  test.each([
    ['lies beside it', { assetPath: '../outside' }, 'which lies outside it'],
    ['is the assembly itself', { assetPath: '.' }, 'which lies outside it'],
    ['lies anywhere on the machine', { assetPath: '/etc' }, 'which lies outside it'],
    ['is missing', { assetPath: 'asset.gone' }, 'which does not exist'],
    [
      'is made by a command during deployment',
      { source: { executable: ['make', 'code'] } },
      'the command "make code" makes',
    ],
    ['is an image that is built from outside', { source: { directory: '/usr' } }, 'which lies outside it'],
  ])('are refused if one %s', async (_title, parts, reason) => {
    const folder = temporaryFolder({ 'outside/index.js': 'bad' });
    writeFiles(join(folder, 'cdk.out'), sampleAssembly(parts));
    await expect(refuseOutsideAssets(join(folder, 'cdk.out'))).rejects.toThrow(reason);
  });

  test('are refused if one leads outside through a link', async () => {
    const folder = temporaryFolder({ 'outside/index.js': 'bad' });
    writeFiles(join(folder, 'cdk.out'), sampleAssembly({ assetPath: 'link' }));
    symlinkSync(join(folder, 'outside'), join(folder, 'cdk.out', 'link'));
    await expect(refuseOutsideAssets(join(folder, 'cdk.out'))).rejects.toThrow('which lies outside it');
  });

  test('of a nested assembly may lie in the outer one, and no further', async () => {
    const nested = (assetPath: string) =>
      temporaryFolder({
        ...sampleAssembly(),
        'manifest.json': {
          artifacts: { inner: { type: 'cdk:cloud-assembly', properties: { directoryName: 'inner' } } },
        },
        ...Object.fromEntries(
          Object.entries(sampleAssembly({ assetPath })).map(([name, content]) => [`inner/${name}`, content]),
        ),
      });
    await expect(refuseOutsideAssets(nested('../asset.code'))).resolves.toBeUndefined();
    await expect(refuseOutsideAssets(nested('../../asset.code'))).rejects.toThrow('Sealing the assembly failed');
  });

  test('cannot be judged without a manifest', async () => {
    await expect(refuseOutsideAssets(temporaryFolder())).rejects.toThrow(
      'manifest.json is missing or no JSON. Synthesise it anew',
    );
  });
});

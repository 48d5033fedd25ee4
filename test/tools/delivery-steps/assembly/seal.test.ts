import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealAssembly, verifyAssembly } from '../../../../tools/delivery-steps/assembly/seal';
import { git, temporaryRepository, writeFiles } from '../temporary-folder';
import { sampleAssembly } from './sample-assembly';

function checkoutWithAssembly(): { readonly checkout: string; readonly assembly: string; readonly archive: string } {
  const checkout = temporaryRepository({ '.gitignore': 'cdk.out\ndist\n', 'code.ts': 'one' });
  writeFiles(join(checkout, 'cdk.out'), sampleAssembly());
  return {
    checkout,
    assembly: join(checkout, 'cdk.out'),
    archive: join(checkout, 'dist', 'sealed', 'assembly.tar.gz'),
  };
}

describe('sealing an assembly', () => {
  test('answers the archive\'s SHA-256 and the hash of the tree', async () => {
    const place = checkoutWithAssembly();
    const seal = await sealAssembly(place);
    expect(seal.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(seal.tree).toBe(git(place.checkout, 'rev-parse', 'HEAD^{tree}'));
    expect(existsSync(place.archive)).toBe(true);
  });

  test('refuses a checkout that differs from its commit', async () => {
    const place = checkoutWithAssembly();
    writeFiles(place.checkout, { 'code.ts': 'two', 'new.ts': 'three' });
    await expect(sealAssembly(place)).rejects.toThrow('code.ts, new.ts differ from the commit');
    expect(existsSync(place.archive)).toBe(false);
  });

  test('refuses an asset from outside', async () => {
    const place = checkoutWithAssembly();
    writeFiles(place.assembly, sampleAssembly({ assetPath: '..' }));
    await expect(sealAssembly(place)).rejects.toThrow('which lies outside it');
  });
});

describe('opening a sealed assembly', () => {
  test('gives every file back', async () => {
    const place = checkoutWithAssembly();
    const { digest } = await sealAssembly(place);
    const opened = join(place.checkout, 'dist', 'opened');
    await verifyAssembly({ ...place, digest, assembly: opened });
    expect(readFileSync(join(opened, 'asset.code', 'index.js'), 'utf8')).toBe('exports.handler = () => 1;');
  });

  test('replaces an assembly that lies there, so that nothing of the old one stays', async () => {
    const place = checkoutWithAssembly();
    const { digest } = await sealAssembly(place);
    writeFiles(place.assembly, { 'stale.json': '{}' });
    await verifyAssembly({ ...place, digest });
    expect(existsSync(join(place.assembly, 'stale.json'))).toBe(false);
  });

  test('stops at another digest and opens nothing', async () => {
    const place = checkoutWithAssembly();
    await sealAssembly(place);
    const opened = join(place.checkout, 'dist', 'opened');
    const verifying = verifyAssembly({ ...place, digest: '0'.repeat(64), assembly: opened });
    await expect(verifying).rejects.toThrow(/its SHA-256 is [0-9a-f]{64}, but 0{64} was sealed/);
    expect(existsSync(opened)).toBe(false);
  });

  test('stops at a changed byte', async () => {
    const place = checkoutWithAssembly();
    const { digest } = await sealAssembly(place);
    const bytes = readFileSync(place.archive);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(place.archive, bytes);
    await expect(verifyAssembly({ ...place, digest })).rejects.toThrow('Do not deploy it');
  });

  test('keeps a folder that is not an assembly', async () => {
    const place = checkoutWithAssembly();
    const { digest } = await sealAssembly(place);
    writeFiles(place.checkout, { 'dist/notes/mine.txt': 'mine' });
    await expect(verifyAssembly({ ...place, digest, assembly: join(place.checkout, 'dist/notes') })).rejects.toThrow(
      'files that are not an assembly',
    );
    expect(existsSync(join(place.checkout, 'dist/notes/mine.txt'))).toBe(true);
  });

  test('says so if there is nothing to open', async () => {
    const place = checkoutWithAssembly();
    await expect(verifyAssembly({ ...place, digest: '0'.repeat(64) })).rejects.toThrow(
      'does not exist. Look at the step that fetches it',
    );
  });
});

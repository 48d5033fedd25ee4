import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyAssembly } from '../../../../tools/pipeline-rehearsal/emulator-copy/copy-assembly';
import { sampleAssembly } from '../../delivery-steps/assembly/sample-assembly';
import { temporaryFolder } from '../../delivery-steps/temporary-folder';

const ADDRESSES = { endpoint: 'https://127.0.0.1:4566', variables: {} };
const TEMPLATE = {
  Resources: { Queue: { Type: 'AWS::SQS::Queue' }, Either: { Type: 'AWS::CloudWatch::CompositeAlarm' } },
};

test('the copy lacks what the emulator does not know, and the sealed assembly is left as it was', async () => {
  const assembly = temporaryFolder(sampleAssembly({ stack: 'engine-dev', template: TEMPLATE }));
  const before = readdirSync(assembly)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(assembly, name), 'utf8'));
  const copy = join(temporaryFolder(), 'copy');
  const takenOut = await copyAssembly(assembly, copy, ADDRESSES);
  expect(takenOut).toEqual([{ stack: 'engine-dev', logicalId: 'Either', type: 'AWS::CloudWatch::CompositeAlarm' }]);
  expect(JSON.parse(readFileSync(join(copy, 'engine-dev.template.json'), 'utf8'))).toEqual({
    Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
  });
  expect(
    readdirSync(assembly)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(assembly, name), 'utf8')),
  ).toEqual(before);
});

test('the changed template has another name, because the CDK command uploads none whose name is there already', async () => {
  const before = 'a'.repeat(64);
  const sample = sampleAssembly({ stack: 'engine-dev', template: TEMPLATE });
  const assembly = temporaryFolder({
    ...sample,
    'engine-dev.assets.json': {
      files: {
        [before]: {
          source: { path: 'engine-dev.template.json' },
          destinations: { here: { objectKey: `${before}.json` } },
        },
      },
    },
    'manifest.json': JSON.stringify(sample['manifest.json']).replace(
      '"stackName"',
      `"stackTemplateAssetObjectUrl":"s3://bucket/${before}.json","stackName"`,
    ),
  });
  const copy = join(temporaryFolder(), 'copy');
  await copyAssembly(assembly, copy, ADDRESSES);
  const after = createHash('sha256')
    .update(readFileSync(join(copy, 'engine-dev.template.json')))
    .digest('hex');
  expect(JSON.parse(readFileSync(join(copy, 'engine-dev.assets.json'), 'utf8'))).toEqual({
    files: {
      [after]: { source: { path: 'engine-dev.template.json' }, destinations: { here: { objectKey: `${after}.json` } } },
    },
  });
  expect(readFileSync(join(copy, 'manifest.json'), 'utf8')).toContain(`s3://bucket/${after}.json`);
});

test('an older copy is replaced', async () => {
  const assembly = temporaryFolder(sampleAssembly({ stack: 'engine-dev', template: TEMPLATE }));
  const copy = temporaryFolder({ 'stale.json': '{}' });
  await copyAssembly(assembly, copy, ADDRESSES);
  expect(readdirSync(copy)).not.toContain('stale.json');
});

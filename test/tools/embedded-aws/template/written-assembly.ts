import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadStack } from '../../../../tools/embedded-aws/template/load-stack';
import type { StackTemplate } from '../../../../tools/embedded-aws/template/stack-template';

export const PLACE = { account: '111122223333', region: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };

const written: string[] = [];

/** A folder for a test, removed after the file's last one. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'written-assembly-'));
  written.push(folder);
  return folder;
}

afterAll(() => written.forEach((folder) => rmSync(folder, { recursive: true })));

/** Writes an assembly of one stack, `sample-dev`, as CDK lays it out, and answers its folder. */
export function writeAssembly(template: object, { environment = 'aws://unknown-account/unknown-region' } = {}): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'asset.code'));
  writeFileSync(join(folder, 'asset.code', 'index.js'), '');
  const write = (file: string, content: object): void => writeFileSync(join(folder, file), JSON.stringify(content));
  write('sample.template.json', template);
  write('sample.assets.json', {
    files: {
      code: { source: { path: 'asset.code', packaging: 'zip' }, destinations: { here: { objectKey: 'code.zip' } } },
    },
  });
  write('manifest.json', {
    artifacts: {
      'sample.assets': { type: 'cdk:asset-manifest', properties: { file: 'sample.assets.json' } },
      'sample': {
        type: 'aws:cloudformation:stack',
        environment,
        properties: { templateFile: 'sample.template.json', stackName: 'sample-dev' },
      },
    },
  });
  return folder;
}

export function loadTemplate(template: object, place = PLACE): StackTemplate {
  return loadStack(writeAssembly(template), 'sample-dev', place);
}

/** A stack of these resources and nothing else. */
export function loadResources(resources: object, place = PLACE): StackTemplate {
  return loadTemplate({ Resources: resources }, place);
}

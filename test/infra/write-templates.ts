import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { DELIVERY_CONTEXT } from '../../src/infra/bootstrap/delivery-context';
import { REPAIRS } from '../../src/infra/engine-app';
import { EngineStack } from '../../src/infra/engine-stack';
import { recorded, RECORDS } from './recorded-template';
import { sampleTemplate } from './sample-templates';
import { DELIVERY, VARIANTS } from './sample-stages';

const CONTEXT = { ...REPAIRS, [DELIVERY_CONTEXT]: DELIVERY };

/**
 * Synthesises the templates that tests read, each once, in one process: loading CDK takes longer than making a
 * template.
 * With --record the reviewed ones in test/infra/templates become what was synthesised.
 */
const folder = mkdtempSync(join(tmpdir(), 'templates-'));
try {
  const stub = join(folder, 'bundle');
  mkdirSync(stub);
  const fromAsset = Code.fromAsset.bind(Code);
  // Stands in for the bundles, which are made by the build and not for a test of the stack.
  Code.fromAsset = () => fromAsset(stub);
  for (const [name, { stage, env }] of Object.entries(VARIANTS)) {
    const app = new App({ outdir: join(folder, name), context: CONTEXT, builtinCloudFormationValidation: false });
    const template = Template.fromStack(new EngineStack(app, stage, env)).toJSON();
    write(sampleTemplate(name), template);
    const record = RECORDS.find(({ variant }) => variant === name);
    if (record && process.argv.includes('--record')) write(record.file, recorded(template));
  }
} finally {
  rmSync(folder, { recursive: true });
}

function write(file: string, template: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(template, undefined, 1)}\n`);
}

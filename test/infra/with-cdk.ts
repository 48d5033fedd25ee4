import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';

const fromAsset = Code.fromAsset.bind(Code);

/** Stands in for the bundles, which are made by the build and not for a test of the stack: this very folder. */
export function withoutBundles(): void {
  jest.spyOn(Code, 'fromAsset').mockImplementation(() => fromAsset(__dirname));
}

/** Gives an assembly a folder for as long as it is needed. */
export function inFolder<Result>(use: (outdir: string) => Result): Result {
  const outdir = mkdtempSync(join(tmpdir(), 'engine-stack-'));
  try {
    return use(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvocationResult } from '../../../../tools/embedded-aws/functions/invocation-result';
import type { StackResource, StackTemplate } from '../../../../tools/embedded-aws/template/stack-template';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** A folder of the test's own; `remove` deletes it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'embedded-cloud-'));
  return { path, remove: () => { rmSync(path, { recursive: true, force: true }); } };
}

/** A stack of hand-made resources; each function's code is the folder of its logical id below `codeRoot`. */
export function handmadeStack(resources: readonly StackResource[], codeRoot = '/nowhere'): StackTemplate {
  return {
    stackName: 'handmade',
    account: ACCOUNT,
    region: REGION,
    resources,
    outputs: {},
    ofType: (type) => resources.filter((candidate) => candidate.type === type),
    byLogicalId: (logicalId) => {
      const found = resources.find((candidate) => candidate.logicalId === logicalId);
      if (!found) throw new Error(`no resource ${logicalId}`);
      return found;
    },
    codeFolder: ({ logicalId }) => join(codeRoot, logicalId),
  };
}

/** A resource that goes by its logical id unless it is named. */
export function resource(
  type: string,
  logicalId: string,
  properties: Record<string, unknown>,
  named: { readonly reference?: string; readonly arn?: string } = {},
): StackResource {
  const reference = named.reference ?? logicalId;
  return {
    type,
    logicalId,
    properties,
    metadata: {},
    reference,
    name: reference,
    ...(named.arn !== undefined && { arn: named.arn }),
  };
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}

/** A function whose name is its logical id in lower case. */
export function functionResource(logicalId: string, properties: Record<string, unknown> = {}): StackResource {
  const name = logicalId.toLowerCase();
  return resource(
    'AWS::Lambda::Function',
    logicalId,
    {
      Code: {},
      Handler: 'index.handler',
      Role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
      Runtime: 'nodejs24.x',
      FunctionName: name,
      ...properties,
    },
    { reference: name, arn: functionArn(name) },
  );
}

/** Writes a function's bundle: one file, `index.js` unless named. */
export function writeCode(codeRoot: string, logicalId: string, code: string, file = 'index.js'): void {
  mkdirSync(join(codeRoot, logicalId), { recursive: true });
  writeFileSync(join(codeRoot, logicalId, file), code);
}

/** Credentials and an address where no call is meant to arrive. */
export const NO_SERVICES = {
  endpoint: 'http://127.0.0.1:9',
  credentialsOf: (logicalId: string) => ({ accessKeyId: `key-of-${logicalId}`, secretAccessKey: 'secret' }),
};

export const REPORT = {
  functionName: 'worker',
  requestId: 'request-1',
  status: 'success',
  startedAt: 0,
  durationMilliseconds: 1,
  billedMilliseconds: 1,
  memorySizeMegabytes: 128,
  maxMemoryUsedMegabytes: 40,
  gigabyteSeconds: 0,
} as const;

/** What Lambda's Invoke answers for a handler that returned this. */
export function answered(answer: unknown): InvocationResult {
  return { kind: 'answered', payload: JSON.stringify(answer), report: REPORT };
}

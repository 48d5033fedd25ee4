import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { acknowledge } from '../../src/infra/acknowledge';
import { EngineStack } from '../../src/infra/engine-stack';
import { SAMPLE_STAGES } from './sample-stages';
import { inFolder, withoutBundles } from './with-cdk';

jest.mock('../../src/infra/acknowledge');

/** One finding of cdk-nag on one resource, or the leave that the stack asks for it. */
interface Finding {
  readonly rule: string;
  readonly path: string;
}

const asked: Array<Finding & { readonly reason: string }> = [];

/** What cdk-nag finds where nothing is acknowledged; `asked` holds what would have been. */
function bareFindings(): readonly Finding[] {
  withoutBundles();
  jest.mocked(acknowledge).mockImplementation((construct: IConstruct, reasons) => {
    asked.push(
      ...Object.entries(reasons).map(([rule, reason]) => ({
        rule: `AwsSolutions-${rule}`,
        path: construct.node.path,
        reason,
      })),
    );
  });
  return inFolder((outdir) => {
    const app = new App({ outdir });
    for (const stage of SAMPLE_STAGES) new EngineStack(app, stage, {});
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    return violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({ rule: ruleName, path: constructPath })),
    );
  });
}

const found = bareFindings();
const covers = (leave: Finding, finding: Finding) =>
  leave.rule === finding.rule && (finding.path === leave.path || finding.path.startsWith(`${leave.path}/`));

test('cdk-nag has something to find', () => {
  expect(found.length).toBeGreaterThan(0);
});

test('every finding is acknowledged', () => {
  expect(found.filter((finding) => !asked.some((leave) => covers(leave, finding)))).toEqual([]);
});

test('no acknowledgement outlives its finding', () => {
  expect(asked.filter((leave) => !found.some((finding) => covers(leave, finding)))).toEqual([]);
});

test('each says why in a sentence of its own', () => {
  expect(asked.filter(({ reason }) => reason.length < 40 || !reason.endsWith('.'))).toEqual([]);
});

test('each stays with the resource that it is for', () => {
  expect(asked.filter(({ path }) => path.split('/').length < 2)).toEqual([]);
});

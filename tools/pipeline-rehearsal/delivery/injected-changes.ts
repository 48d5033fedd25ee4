import type { InjectedChange } from './rehearsed-repository';

const HANDLER = 'src/handlers/channel-router.lambda.ts';

/** Compiles to JavaScript without complaint, so that only a type check can find it. */
export const TYPE_ERROR: readonly InjectedChange[] = [
  { file: HANDLER, change: (text) => `${text}\nexport const injected: number = 'no number';\n` },
];

export function editedWorkflow(file: string): readonly InjectedChange[] {
  return [{ file, change: (text) => `${text}\n# edited by hand\n` }];
}

/** A change without effect, so that a tree has another hash. */
export const HARMLESS_CHANGE: readonly InjectedChange[] = [
  { file: 'README.md', change: (text) => `${text}\nA line that is rehearsed.\n` },
];

/** A release whose functions differ from those before it and work all the same. */
export const HARMLESS_RELEASE: readonly InjectedChange[] = [
  { file: HANDLER, change: (text) => `${text}\nexport const injected = 'a release that works';\n` },
];

/** The functions behind the API stop at their start in one stage, and in no other. */
export function brokenIn(stage: string): readonly InjectedChange[] {
  return [HANDLER, 'src/handlers/vendor-webhooks.lambda.ts'].map((file) => ({
    file,
    change: (text) =>
      `${text}\nif (process.env.STAGE === '${stage}') throw new Error('Injected: this function does not start in `
        + `${stage}.');\n`,
  }));
}

const BROKEN_APP = `
for (const stack of injected.node.children.filter(Stack.isStack)) {
  // No second event bus can have the first one's name, and it comes after the functions have been changed.
  const first = new CfnEventBus(stack, 'InjectedFirst', { name: stack.stackName });
  const second = new CfnEventBus(stack, 'InjectedSecond', { name: stack.stackName });
  second.addDependency(first);
  for (const child of stack.node.findAll()) if (child instanceof CfnFunction) second.addDependency(child);
}
injected.synth();
`;

const LAST_LINE = /^ *(engineApp\(.*\))\.synth\(\);$/m;
const IMPORTS =
  "import { Stack } from 'aws-cdk-lib';\nimport { CfnEventBus } from 'aws-cdk-lib/aws-events';\nimport { "
    + "CfnFunction } from 'aws-cdk-lib/aws-lambda';\n";

/** A release whose functions differ and whose stack cannot be deployed to its end. */
export const BROKEN_DEPLOYMENT: readonly InjectedChange[] = [
  { file: HANDLER, change: (text) => `${text}\nexport const injected = 'a release that must be rolled back';\n` },
  {
    file: 'src/main.ts',
    change: (text) =>
      LAST_LINE.test(text) ? `${IMPORTS}${text.replace(LAST_LINE, `const injected = $1;${BROKEN_APP}`)}` : text,
  },
];

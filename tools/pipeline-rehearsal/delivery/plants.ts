import type { Plant } from './rehearsed-repository';

const HANDLER = 'src/handlers/channel-router.lambda.ts';

/** Compiles to JavaScript without complaint, so that only a type check can find it. */
export const TYPE_ERROR: readonly Plant[] = [{ file: HANDLER, change: (text) => `${text}\nexport const planted: number = 'no number';\n` }];

export function editedWorkflow(file: string): readonly Plant[] {
  return [{ file, change: (text) => `${text}\n# edited by hand\n` }];
}

/** A change that says nothing to anybody, so that a tree has another hash. */
export const HARMLESS: readonly Plant[] = [{ file: 'README.md', change: (text) => `${text}\nA line that is rehearsed.\n` }];

/** The functions behind the API stop at their start in one stage, and in no other. */
export function brokenIn(stage: string): readonly Plant[] {
  return [HANDLER, 'src/handlers/vendor-webhooks.lambda.ts'].map((file) => ({
    file, change: (text) => `${text}\nif (process.env.STAGE === '${stage}') throw new Error('Planted: this function does not start in ${stage}.');\n`,
  }));
}

const BROKEN_APP = `
for (const stack of planted.node.children.filter(Stack.isStack)) {
  // No second event bus can have the first one's name, and it comes after the functions have been changed.
  const first = new CfnEventBus(stack, 'PlantedFirst', { name: stack.stackName });
  const second = new CfnEventBus(stack, 'PlantedSecond', { name: stack.stackName });
  second.addDependency(first);
  for (const child of stack.node.findAll()) if (child instanceof CfnFunction) second.addDependency(child);
}
planted.synth();
`;

const LAST_LINE = /^(engineApp\(.*\))\.synth\(\);$/m;
const IMPORTS = "import { Stack } from 'aws-cdk-lib';\nimport { CfnEventBus } from 'aws-cdk-lib/aws-events';\nimport { CfnFunction } from 'aws-cdk-lib/aws-lambda';\n";

/** A release whose functions differ and whose stack cannot be deployed to its end. */
export const BROKEN_DEPLOYMENT: readonly Plant[] = [
  { file: HANDLER, change: (text) => `${text}\nexport const planted = 'a release that must be rolled back';\n` },
  { file: 'src/main.ts', change: (text) => (LAST_LINE.test(text) ? `${IMPORTS}${text.replace(LAST_LINE, `const planted = $1;${BROKEN_APP}`)}` : text) },
];

import { freshAssembly } from '../../tools/embedded-aws/assembly';

/** Parts of the tests that start the assembly, or read it. */
const NEEDS_ASSEMBLY = /flow|e2e|load|bench|embedded-aws|delivery-steps|pipeline-rehearsal|projenrc|local-stage|cli/;

/** Runs once before all tests: they start the very assembly that a deployment would use. A run of named tests that need none does without it. */
module.exports = async ({ testPathPatterns }: { readonly testPathPatterns?: { readonly patterns: readonly string[] } }) => {
  const patterns = testPathPatterns?.patterns ?? [];
  if (patterns.length > 0 && !patterns.some((pattern) => NEEDS_ASSEMBLY.test(pattern))) return;
  await freshAssembly(process.cwd(), (line) => process.stderr.write(`${line}\n`));
};

import type { StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { CommandError } from '../../src/cli/command-error';

/** Where CDK puts the assembly. */
const ASSEMBLY = 'cdk.out';

/** Every client of this process, and CDK, works in the stage's region, whatever the shell's is. */
export function inRegion(region: string): NodeJS.ProcessEnv {
  Object.assign(process.env, { AWS_REGION: region, AWS_DEFAULT_REGION: region });
  return process.env;
}

export async function runCdk(
  words: readonly string[], region: string, stdio: StdioOptions = 'inherit'): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('npx', ['cdk', ...words], { cwd: process.cwd(), env: inRegion(region), stdio });
    child.on('error', reject);
    child.on('close', (code) => { resolve(code ?? 1); });
  });
}

/** Its progress goes to standard error, so that standard output holds the command's own result. */
export async function synthesise(region: string): Promise<string> {
  const code = await runCdk(['synth', '--quiet', '--output', ASSEMBLY], region, ['ignore', 2, 2]);
  if (code === 0) return ASSEMBLY;
  throw new CommandError(`Synthesising the stacks failed: the lines above say why (exit code ${code} of cdk synth).`);
}

import { shellOutput } from '../../src/cli/shell-output';
import { runConformance } from './conformance-program';

const host = { ...shellOutput(process.env), environment: process.env, fetch: globalThis.fetch };

void runConformance(process.argv.slice(2), host).then((code) => { process.exitCode = code; });

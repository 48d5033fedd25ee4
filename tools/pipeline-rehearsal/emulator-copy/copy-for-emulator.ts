import { appendFileSync } from 'node:fs';
import { z } from 'zod';
import { copyAssembly } from './copy-assembly';

// The entry that a rehearsed deployment calls before the CDK command: <assembly> <copy>. What it takes out goes to the
// file named by the variable.
const variables = z.object({
  AWS_ENDPOINT_URL: z.url(),
  REHEARSAL_VARIABLES: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  REHEARSAL_TAKEN_OUT: z.string(),
});

async function main(from: string, to: string): Promise<void> {
  const {
    AWS_ENDPOINT_URL: endpoint,
    REHEARSAL_VARIABLES: values,
    REHEARSAL_TAKEN_OUT: file,
  } = variables.parse(process.env);
  const takenOut = await copyAssembly(from, to, { endpoint, variables: values });
  appendFileSync(file, takenOut.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  process.stdout.write(
    `The emulator's copy of the assembly: ${takenOut.length} resources that it does not know are taken out.\n`,
  );
}

main(process.argv[2] ?? '', process.argv[3] ?? '').catch((fault: unknown) => {
  process.stderr.write(
    `Copying the assembly for the emulator failed: ${fault instanceof Error ? fault.message : String(fault)}\n`,
  );
  process.exitCode = 1;
});

import { makeHandMadeEnvironment } from '../adoption/hand-made-environment';

// The entry by which the rehearsal makes a stage by hand, in the account and region of the shell.
makeHandMadeEnvironment({ stage: process.argv[2] ?? 'dev', hasNeighbours: true }).then(
  ({ companyItem }) => { process.stdout.write(`${JSON.stringify(companyItem)}\n`); },
  (fault: unknown) => {
    process.stderr.write(`Making a stage by hand failed: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exitCode = 1;
  },
);

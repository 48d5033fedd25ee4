import { execFileSync } from 'node:child_process';

/** Runs once before the tests of the infrastructure. */
module.exports = () => {
  execFileSync(process.execPath, ['--import', 'tsx', 'test/infra/write-templates.ts'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
};

import type { PipelineCommand } from '../pipeline-command';
import { checkSettings } from '../settings';
import { refuseChangedFiles } from '../working-tree';

/** Steps that only say yes or no. */
export const CHECK_COMMANDS: Readonly<Record<string, PipelineCommand>> = {
  'generated-files': {
    flags: {},
    run: async (_flags, host) => {
      await refuseChangedFiles(host.folder);
      host.say('The build changed no file of the commit.');
    },
  },
  'settings': {
    flags: { one: ['stage', 'account-variable', 'repository'], optional: ['account'] },
    run: async (flags, host) => {
      checkSettings({
        stage: flags.one('stage'),
        account: flags.optional('account'),
        accountVariable: flags.one('account-variable'),
        repository: flags.one('repository'),
        runsIn: host.repository,
      });
    },
  },
};

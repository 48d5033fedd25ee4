import type { ActionStandIn } from './action-call';

/** Takes the Node.js that is there, and says so where the workflow wants another one. */
export const SETUP_NODE: ActionStandIn = {
  inputs: ['node-version', 'cache', 'package-manager-cache'],
  run: async ({ inputs, print }) => {
    const [here] = process.versions.node.split('.');
    if (inputs['node-version'] !== here) print(`The workflow asks for Node.js ${inputs['node-version'] ?? 'of any version'}; this run takes ${process.versions.node}, which is here.`);
    return Promise.resolve({});
  },
};

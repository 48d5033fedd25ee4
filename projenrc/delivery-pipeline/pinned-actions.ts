import type { github } from 'projen';

/**
 * The one list of what runs in the workflows besides our own code, each a commit that cannot be moved. To raise one:
 * read its release notes, take the commit of the release's tag (`git ls-remote --tags`), change commit and version
 * together.
 */
export const PINNED_ACTIONS = {
  'actions/attest': { commit: '1e69f48acb82d1966a394da916b4c1698aa569d6', version: 'v4.2.2' },
  'actions/checkout': { commit: '3d3c42e5aac5ba805825da76410c181273ba90b1', version: 'v7.0.1' },
  'actions/setup-node': { commit: '820762786026740c76f36085b0efc47a31fe5020', version: 'v7.0.0' },
  'actions/upload-artifact': { commit: '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a', version: 'v7.0.1' },
  'actions/download-artifact': { commit: '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', version: 'v8.0.1' },
  'aws-actions/configure-aws-credentials': { commit: 'e6de054238d6b7531b4efff3b6587d9aade6a06c', version: 'v6.2.3' },
} as const;

export type PinnedAction = keyof typeof PINNED_ACTIONS;

/** Makes every use of an action in the list a use of its commit. */
export function pinActions(provider: github.GitHubActionsProvider): void {
  for (const [action, pin] of Object.entries(PINNED_ACTIONS)) provider.set(action, `${action}@${pin.commit}`);
}

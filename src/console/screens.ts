import type { Action } from './shared/api';

/** A screen in the order of the navigation; one of the actions opens it. */
export interface Screen {
  readonly path: string;
  readonly name: string;
  readonly anyOf: readonly Action[];
}

export const SCREENS: readonly Screen[] = [
  { path: '/review', name: 'Review', anyOf: ['review'] },
  { path: '/replies', name: 'Replies', anyOf: ['answer'] },
  { path: '/conversations', name: 'Conversations', anyOf: ['see_states'] },
  { path: '/companies', name: 'Companies', anyOf: ['configure'] },
  { path: '/playground', name: 'Playground', anyOf: ['try'] },
  { path: '/health', name: 'Health', anyOf: ['operate'] },
  { path: '/audit', name: 'Audit', anyOf: ['see_audit'] },
];

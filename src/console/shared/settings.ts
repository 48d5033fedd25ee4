import { useSyncExternalStore } from 'react';

/** What a person has set for this browser; nothing of it is anyone's data. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  /** Single letters decide nothing without it (WCAG 2.1.4). */
  readonly letterKeys: boolean;
  readonly company: string;
}

const NAME = 'console-settings';
const DEFAULTS: Settings = { theme: 'system', letterKeys: true, company: '' };
const listeners = new Set<() => void>();
let current = stored();

function stored(): Settings {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(NAME) ?? '{}');
    return { ...DEFAULTS, ...(typeof found === 'object' ? found : {}) };
  } catch {
    return DEFAULTS;
  }
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(NAME, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing: the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function useSettings(): Settings {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => current,
  );
}

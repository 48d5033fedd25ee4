import { useEffect, useSyncExternalStore } from 'react';
import { useSettings } from './shared/settings';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** Puts the chosen theme on the page, and takes motion away where the system asks for it. */
export function Theme() {
  const { theme } = useSettings();
  const systemIsDark = useMatches(DARK);
  const isStill = useMatches(STILL);
  const isDark = theme === 'dark' || (theme === 'system' && systemIsDark);
  useEffect(() => {
    document.body.classList.toggle('awsui-dark-mode', isDark);
    document.body.classList.toggle('awsui-motion-disabled', isStill);
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark, isStill]);
  return null;
}

function useMatches(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => {
        query.removeEventListener('change', listener);
      };
    },
    () => query.matches,
  );
}

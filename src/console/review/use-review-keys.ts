import type { KeyboardEvent } from 'react';
import { useRef } from 'react';
import { useSettings } from '../shared/settings';
import type { ReviewAction } from './keys';
import { actionOf } from './keys';

/** Handles the keys of the table for one message; `isOff` while a dialogue has the keyboard. */
export function useReviewKeys(act: Readonly<Record<ReviewAction, () => void>>, isOff: boolean) {
  const shownAt = useRef(performance.now());
  const { letterKeys } = useSettings();
  return (event: KeyboardEvent) => {
    const { target, nativeEvent } = event;
    if (isOff) return;
    const isField = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
    const action = actionOf(nativeEvent, {
      letterKeys,
      isPaneFocused: !isField,
      shownFor: performance.now() - shownAt.current,
    });
    if (!action) return;
    event.preventDefault();
    act[action]();
  };
}

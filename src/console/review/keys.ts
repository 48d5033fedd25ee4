/** What a key does while a message is reviewed. */
export type ReviewAction = 'approve' | 'edit' | 'next_claim' | 'reject' | 'skip' | 'undo' | 'sheet';

export interface ReviewKey {
  readonly action: ReviewAction;
  /** As `KeyboardEvent.key` has it, in lower case. */
  readonly key: string;
  /** With Ctrl, or the command key of a Mac; such keys hold anywhere on the screen. */
  readonly withControl: boolean;
  readonly shown: string;
  readonly says: string;
}

/** One table makes the handler, the hints on the buttons and the sheet. */
export const REVIEW_KEYS: readonly ReviewKey[] = [
  { action: 'approve', key: 'enter', withControl: true, shown: 'Ctrl+Enter', says: 'Approve and go to the next' },
  { action: 'edit', key: 'e', withControl: false, shown: 'E', says: 'Edit the value that is looked at' },
  { action: 'next_claim', key: 'n', withControl: false, shown: 'N', says: 'Go to the next claim that is flagged' },
  { action: 'reject', key: 'r', withControl: false, shown: 'R', says: 'Reject; 1 to 9 choose the reason' },
  { action: 'skip', key: 's', withControl: false, shown: 'S', says: 'Leave it, and go to the next' },
  { action: 'undo', key: 'z', withControl: false, shown: 'Z', says: 'Undo the last decision, while it is held' },
  { action: 'sheet', key: '?', withControl: false, shown: '?', says: 'Show these keys' },
];

export function keyOf(action: ReviewAction): string {
  return REVIEW_KEYS.find((one) => one.action === action)?.shown ?? '';
}

/** What is read of a keyboard event. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** The key is held down. */
  readonly repeat: boolean;
  /** Text is being composed by an input method. */
  readonly isComposing: boolean;
}

export interface KeySituation {
  /** Milliseconds since the message was shown. */
  readonly shownFor: number;
  readonly letterKeys: boolean;
  /** The focus is inside the message's panes, and in no field. */
  readonly isPaneFocused: boolean;
}

/** A key that was meant for the message before is pressed within this time of a new one. */
export const SETTLE_MILLISECONDS = 600;

/** What a key press asks for; undefined where it must do nothing. */
export function actionOf(pressed: PressedKey, situation: KeySituation): ReviewAction | undefined {
  if (pressed.repeat || pressed.isComposing || pressed.altKey) return undefined;
  if (situation.shownFor < SETTLE_MILLISECONDS) return undefined;
  const withControl = pressed.ctrlKey || pressed.metaKey;
  if (!withControl && !(situation.letterKeys && situation.isPaneFocused)) return undefined;
  const wanted = pressed.key.toLowerCase();
  return REVIEW_KEYS.find((one) => one.key === wanted && one.withControl === withControl)?.action;
}

/** One value of a resource that changes, as people read it. */
export interface ValueChange {
  /** The property and what leads to the value inside it: `ScalingConfig.MaximumConcurrency`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Longest value that is shown, in characters. */
const LONGEST = 60;

/** What a name must not hold for its value to be shown. */
const SECRET_NAME = /secret|password|passphrase|token|credential|private|api_?key|auth/i;

/** Values that look like keys, whatever they are called: long, without a space, of letters and digits. */
const SECRET_VALUE = /^(?=.*\d)(?=.*[A-Za-z])[\w+/=.-]{32,}$/;

const HIDDEN = '(not shown)';
const ABSENT = 'none';

/**
 * The values that differ between two properties of one name, each by its path. A value that may be a secret is said to
 * change and not shown: this text is read by everybody who may read the pull request.
 */
export function valueChanges(name: string, before: unknown, after: unknown): readonly ValueChange[] {
  return differences(name, before, after);
}

function differences(path: string, before: unknown, after: unknown): readonly ValueChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isPlainObject(before) && isPlainObject(after) && !isIntrinsic(before) && !isIntrinsic(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differences(`${path}.${name}`, before[name], after[name]));
  }
  return [{ path, before: shown(path, before), after: shown(path, after) }];
}

function shown(path: string, value: unknown): string {
  if (value === undefined) return ABSENT;
  if (SECRET_NAME.test(path) || holdsSecret(value)) return HIDDEN;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

function holdsSecret(value: unknown): boolean {
  if (typeof value === 'string') return SECRET_VALUE.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => SECRET_NAME.test(name) || holdsSecret(inner));
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Ref` and `Fn::…` are shown as a whole. */
function isIntrinsic(value: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(value).some((name) => name === 'Ref' || name.startsWith('Fn::'));
}

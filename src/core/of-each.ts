/** A record with one value a key. */
export function ofEach<Key extends string, Value>(
  keys: readonly Key[],
  make: (key: Key) => Value,
): Readonly<Record<Key, Value>> {
  const made: Partial<Record<Key, Value>> = {};
  for (const key of keys) made[key] = make(key);
  if (!hasEach(made, keys)) {
    throw new Error('Making a value for each key failed: one is missing. This is a bug of the engine.');
  }
  return made;
}

function hasEach<Key extends string, Value>(
  made: Partial<Record<Key, Value>>,
  keys: readonly Key[],
): made is Record<Key, Value> {
  return keys.every((key) => Object.hasOwn(made, key));
}

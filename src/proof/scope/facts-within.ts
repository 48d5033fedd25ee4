/**
 * The part of a tree of facts that lies at or below these dotted paths, in its place; undefined if there is nothing.
 */
export function factsWithin(tree: unknown, paths: readonly string[]): unknown {
  return pick(tree, paths.map((path) => path.split('.')));
}

function pick(value: unknown, ways: ReadonlyArray<readonly string[]>): unknown {
  if (ways.some((way) => way.length === 0)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  // A list of which only some entries count becomes an object, so that its length proves nothing.
  const picked = Object.entries(value).flatMap(([key, entry]) => {
    const deeper = ways.filter(([first]) => first === key).map((way) => way.slice(1));
    const found = deeper.length === 0 ? undefined : pick(entry, deeper);
    return found === undefined ? [] : [[key, found] as const];
  });
  return picked.length === 0 ? undefined : Object.fromEntries(picked);
}

/** True for a path of facts that lies at or below one of these dotted paths. */
export function liesWithin(path: readonly string[], paths: readonly string[]): boolean {
  const own = `${path.join('.')}.`;
  return paths.some((above) => own.startsWith(`${above}.`));
}

/** One value inside a JSON document. */
export interface JsonPlace {
  /** Dotted path; empty for the document itself. */
  readonly path: string;
  /** Name of the field that holds the value; absent for the document itself and for elements of lists. */
  readonly field?: string;
  readonly value: unknown;
  /** Objects and lists around the value. */
  readonly depth: number;
}

/**
 * Every value of a document down to a depth. Without recursion, so that no nesting exhausts the stack, and one value at
 * a time, so that a reader who stops early has paid for no more.
 */
export function* walkJson(document: unknown, root: string, maximumDepth: number): Generator<JsonPlace, void> {
  const open: Array<Iterator<JsonPlace, void>> = [[{ path: root, value: document, depth: 0 }].values()];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const { value: place } = level.next();
    if (!place) {
      open.pop();
      continue;
    }
    yield place;
    if (place.depth < maximumDepth) open.push(inside(place));
  }
}

function* inside({ value, path, depth }: JsonPlace): Generator<JsonPlace, void> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) {
      yield { path: under(path, String(index)), value: part, depth: depth + 1 };
    }
    return;
  }
  for (const [field, part] of Object.entries(value)) {
    yield { path: under(path, field), field, value: part, depth: depth + 1 };
  }
}

function under(path: string, step: string): string {
  return path ? `${path}.${step}` : step;
}

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

/** Every value of a document down to a depth, without recursion, so that no nesting exhausts the stack. */
export function* walkJson(document: unknown, root: string, maximumDepth: number): Generator<JsonPlace> {
  const waiting: JsonPlace[] = [{ path: root, value: document, depth: 0 }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    yield place;
    if (place.depth < maximumDepth) waiting.push(...inside(place).reverse());
  }
}

function inside(place: JsonPlace): JsonPlace[] {
  const { value, path } = place;
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).map(([field, part]) => ({
    path: path ? `${path}.${field}` : field,
    ...(isList ? {} : { field }),
    value: part,
    depth: place.depth + 1,
  }));
}

/** A pattern that is compiled when it is first used: together they would take a good part of a processor's start. */
export function lazyPattern(make: () => RegExp): () => RegExp {
  let made: RegExp | undefined;
  return () => (made ??= make());
}

import type { Json } from './json';
import { isJson } from './json';

/** A fact may hold facts, which no type that is read from a schema can say: to the client it is any JSON value. */
export function withoutRecursion(document: Json): Json {
  const { components } = document;
  if (!isJson(components) || !isJson(components.schemas)) return document;
  const { Fact: fact, ...schemas } = components.schemas;
  const description = isJson(fact) ? fact.description : undefined;
  return { ...document, components: { ...components, schemas: { ...schemas, Fact: { description } } } };
}

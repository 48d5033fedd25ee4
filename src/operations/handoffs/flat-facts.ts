import type { Conversation } from '../../core/lifecycle/conversation';

/** One fact, by its dotted path from a section. */
export interface FlatFact {
  readonly path: string;
  readonly value: string;
}

type Names = Partial<Pick<Conversation, 'recipient_first_name' | 'recipient_last_name'>>;

/** The facts of a message, each leaf on a line, in the order in which the sections are shown. */
export function flatFacts(
  tree: Readonly<Record<string, unknown>>,
  { recipient_first_name: first, recipient_last_name: last }: Names,
): readonly FlatFact[] {
  const { project_data: data, ...others } = tree;
  const sections = {
    project_data: data,
    recipient_data: { recipient_first_name: first, recipient_last_name: last },
    ...others,
  };
  return leaves(sections, '');
}

function leaves(value: unknown, path: string): readonly FlatFact[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [{ path, value: String(value) }];
  const under = (key: string) => (path === '' ? key : `${path}.${key}`);
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, under(key)));
}

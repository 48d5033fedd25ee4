/** A path of dotted steps from a section of the request to one of its facts, such as `project_data.unclear_point`. */
export const REQUEST_FACT = /^(?:recipient_data|project_data)(?:\.[^.]+)+$/;

/** A section of the facts that a message is made of, or a path from it. */
export const FACT_PATH = /^(?:recipient_data|company_data|company_rep|project_data)(?:\.[^.]+)*$/;

export const A_FACT_PATH = 'must be a path such as project_data.interview or a section such as recipient_data';

/** The same with what the company has entered for its answer cards (`knowledge`). */
export const CARD_FACT_PATH = /^(?:recipient_data|company_data|company_rep|project_data|knowledge)(?:\.[^.]+)*$/;

export const A_CARD_FACT_PATH = 'must be a path such as knowledge.opening_hours or project_data.interview';

/** What a client sends of its own: all of `project_data`, or a path in it. */
export const PROJECT_FACT = /^project_data(?:\.[^.]+)*$/;

export const A_PROJECT_FACT = 'must be project_data or a path in it, such as project_data.cv';

/** What stands at a dotted path: own fields only, of objects and lists alike; undefined where there is nothing. */
export function factAt(facts: unknown, path: string): unknown {
  let found: unknown = facts;
  for (const step of path.split('.')) found = child(found, step);
  return found;
}

/** Nothing that could stand in a message: absent, null, or text without a visible character. */
export function isMissing(fact: unknown): boolean {
  return fact === undefined || fact === null || (typeof fact === 'string' && fact.trim() === '');
}

function child(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === step)?.[1];
}

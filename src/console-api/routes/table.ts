import { COMPANY_ROUTES } from './companies';
import { CONVERSATION_ROUTES } from './conversations';
import { ENDPOINT_ROUTES } from './endpoints';
import { PEOPLE_ROUTES } from './people';
import { PLAYGROUND_ROUTES } from './playground';
import { REPLY_ROUTES } from './replies';
import { REPLY_CARD_ROUTES } from './reply-cards';
import { REVIEW_ROUTES } from './reviews';
import type { Route } from './route';
import { STAGE_ROUTES } from './stage';
import { VERIFICATION_ROUTES } from './verification';

/** Every route of the console's API, below `/console/api`. */
export const ROUTES: readonly Route[] = [
  ...PEOPLE_ROUTES,
  ...REVIEW_ROUTES,
  ...CONVERSATION_ROUTES,
  ...REPLY_ROUTES,
  ...REPLY_CARD_ROUTES,
  ...COMPANY_ROUTES,
  ...VERIFICATION_ROUTES,
  ...ENDPOINT_ROUTES,
  ...PLAYGROUND_ROUTES,
  ...STAGE_ROUTES,
];

export const API_BASE = '/console/api';

export type Found =
  | { readonly outcome: 'found'; readonly route: Route; readonly parameter: string }
  | { readonly outcome: 'no_route' }
  | { readonly outcome: 'other_method'; readonly allowed: readonly string[] };

/** The row that a path below the base and a method lead to. A parameter is one step of the path. */
export function findRoute(method: string, path: string): Found {
  const fitting = ROUTES.flatMap((route) => {
    const parameter = parameterOf(route.path, path);
    return parameter === undefined ? [] : [{ route, parameter }];
  });
  // A word of the table goes before a parameter.
  const [exact = fitting[0]] = fitting.filter(({ parameter }) => parameter === '');
  if (!exact) return { outcome: 'no_route' };
  const found =
    fitting.find(({ route }) => route.method === method && route.path === exact.route.path) ??
    fitting.find(({ route }) => route.method === method);
  return found
    ? { outcome: 'found', ...found }
    : { outcome: 'other_method', allowed: fitting.map(({ route }) => route.method) };
}

/** Empty where the route has none; undefined where the path is another. */
function parameterOf(pattern: string, path: string): string | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  let parameter = '';
  for (const [index, step] of wanted.entries()) {
    const value = given[index] ?? '';
    if (step.startsWith('{')) {
      if (value === '') return undefined;
      parameter = value;
    } else if (step !== value) {
      return undefined;
    }
  }
  return parameter;
}

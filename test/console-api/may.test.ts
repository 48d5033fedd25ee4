import type { Action, Role } from '../../src/console-api/people/may';
import { ACTIONS, companiesOf, may, readGrants, ROLES } from '../../src/console-api/people/may';

/** The table of the design, action by action. */
const TABLE: Readonly<Record<Action, readonly Role[]>> = {
  see_states: ['auditor', 'reviewer', 'agent', 'company_admin', 'operator'],
  review: ['reviewer', 'company_admin'],
  answer: ['agent', 'company_admin'],
  read_text: ['company_admin'],
  reveal_text: ['operator'],
  configure: ['company_admin', 'operator'],
  try: ['company_admin', 'operator'],
  operate: ['operator'],
  see_audit: ['auditor', 'company_admin', 'operator'],
};

const CASES = ACTIONS.flatMap((action) => ROLES.map((role) => [role, action, TABLE[action].includes(role)] as const));

test.each(CASES)('%s, %s: %s, in the own company alone', (role, action, isAllowed) => {
  const own = { grants: [{ role, company: 'acme' }] };
  expect(may(own, action, 'acme')).toBe(isAllowed);
  expect(may(own, action, 'other')).toBe(false);
  expect(may(own, action, '*')).toBe(false);
  expect(may(own, action, '')).toBe(false);
  expect(may({ grants: [{ role, company: '*' }] }, action, 'other')).toBe(isAllowed);
  expect(may({ grants: [] }, action, 'acme')).toBe(false);
});

test('a group that is no role of a company grants nothing', () => {
  const groups = [
    'reviewer:acme',
    'operator:*',
    'reviewer',
    'reviewer:',
    'reviewer:a:b',
    'root:acme',
    'reviewer:a#b',
    'constructor:acme',
    'Reviewer:acme',
    'reviewer:**',
    '',
  ];
  expect(readGrants(groups)).toEqual([
    { role: 'reviewer', company: 'acme' },
    { role: 'operator', company: '*' },
  ]);
});

test('companies are named once; every company is told apart', () => {
  const grants = readGrants(['reviewer:b', 'agent:b', 'auditor:a', 'operator:*']);
  expect(companiesOf({ grants })).toEqual({ all: true, named: ['a', 'b'] });
});

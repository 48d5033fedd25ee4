import type { SamplePerson } from '../../local-issuer/sample-person';
import { SAMPLE } from './company';

const person = (id: string, name: string, ...groups: readonly string[]): SamplePerson => (
  { id, name, email: `${id}@example.com`, groups }
);

/** Who may sign in to the local console: one of each role, and a second reviewer and agent. */
export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  person('robin.reviewer', 'Robin, reviewer', `reviewer:${SAMPLE.companyId}`),
  person('sasha.reviewer', 'Sasha, a second reviewer', `reviewer:${SAMPLE.companyId}`),
  person('avery.agent', 'Avery, agent', `agent:${SAMPLE.companyId}`),
  person('blake.agent', 'Blake, a second agent', `agent:${SAMPLE.companyId}`),
  person('casey.admin', 'Casey, company admin', `company_admin:${SAMPLE.companyId}`),
  person('oskar.operator', 'Oskar, operator', 'operator:*'),
  person('ursula.auditor', 'Ursula, auditor', 'auditor:*'),
];

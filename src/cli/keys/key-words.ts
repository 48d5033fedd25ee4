import type { KeptGrant } from '../../core/ports/key-grants';
import type { CreateResult, KeyRefusal } from '../../operations/keys/create-key';
import { keyState, pickGrant, shortHash } from '../../operations/keys/key-state';
import { CommandError } from '../command-error';
import type { CommandOutput } from '../command-host';
import { projectWords } from './grant-line';

/** The one grant that a beginning of its hash means; a sentence where it means none or several. */
export function requireGrant(
  grants: readonly KeptGrant[],
  beginning: string,
  company: string,
  { command }: CommandOutput,
): KeptGrant {
  const picked = pickGrant(grants, beginning);
  if (picked.outcome === 'found') return picked.grant;
  const why =
    picked.outcome === 'not_found'
      ? `${company} has no such key`
      : `${picked.count} keys of ${company} begin so; give more of the hash`;
  throw new CommandError(`Looking for the key ${beginning} failed: ${why}; see ${command('key', 'list', company)}`);
}

type CreatedKey = Extract<CreateResult, { readonly outcome: 'created' }>;

export function createdOrRefused<Created extends CreatedKey>(
  attempted: string, company: string, result: Created | KeyRefusal, output: CommandOutput,
): Created {
  switch (result.outcome) {
    case 'created':
      return result;
    case 'company_not_found':
    case 'project_not_found':
    case 'no_usage_plan':
      throw keyRefused(attempted, company, result, output);
  }
}

export function keyRefused(
  attempted: string,
  company: string,
  refusal: KeyRefusal,
  { command }: CommandOutput,
): CommandError {
  switch (refusal.outcome) {
    case 'company_not_found':
      return new CommandError(
        `${attempted} failed: the stage has no company ${company}; see ${command('company', 'list')}`,
      );
    case 'project_not_found':
      return new CommandError(
        `${attempted} failed: ${company} has no project ${refusal.project}; it has ${refusal.known.join(', ')}.`,
      );
    case 'no_usage_plan':
      return new CommandError(
        `${attempted} failed: this account and region have no usage plan of the stage; check --stage and `
          + 'AWS_REGION, and that the stack is deployed.',
      );
  }
}

interface Succession {
  /** Hash of the key that this one follows. */
  readonly replaces?: string;
  readonly oldEnds?: string;
}

export function showKey(
  output: CommandOutput,
  { value, grant, cleared }: CreatedKey,
  now: number,
  more: Succession = {},
): void {
  if (cleared > 0) output.progress(`unfinished keys of an earlier run that were never shown, cleared away: ${cleared}`);
  output.progress(
    `${shortHash(grant)} is a ${grant.test ? 'test key' : 'key'} of ${grant.company_id} for ${projectWords(grant)}. Shown only once. Store it now:`,
  );
  output.result({ key: value, ...shownGrant(grant, now), ...more }, [value]);
  if (more.oldEnds !== undefined) output.progress(`The old key ${more.replaces ?? ''} ends ${more.oldEnds}.`);
}

export function shownGrant(grant: KeptGrant, now: number) {
  const {
    company_id: company,
    project_ids: projects,
    label,
    created_at: created,
    created_by: by,
    expires_at: expires,
    revoked_at: revoked,
  } = grant;
  return {
    hash: shortHash(grant),
    company,
    projects,
    label,
    state: keyState(grant, now),
    created,
    by,
    expires,
    revoked,
    test: grant.test,
  };
}

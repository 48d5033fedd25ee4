import { awsFailure, CommandError } from '../../src/cli/command-error';

function named(name: string, message = 'What AWS said.'): Error {
  return Object.assign(new Error(message), { name });
}

describe('what AWS refuses is told in one sentence', () => {
  it.each([
    ['no credentials', named('CredentialsProviderError'), 'sign in, or set AWS_PROFILE'],
    ['credentials that have expired', named('ExpiredToken'), 'have expired; sign in again.'],
    [
      'a session of single sign-on that is over',
      named('CredentialsProviderError', 'The SSO session token is expired'),
      'have expired; sign in again.',
    ],
    ['credentials that AWS does not know', named('InvalidClientTokenId'), 'AWS does not know these credentials'],
    ['a queue that does not exist', named('QueueDoesNotExist'), 'check --stage'],
    [
      'a missing permission',
      named('AccessDeniedException', 'User is not authorized.'),
      '(User is not authorized); use a role that may.',
    ],
    ['no network', named('Error', 'connect ECONNREFUSED 127.0.0.1:1'), 'AWS could not be reached'],
    ['no region', named('Error', 'Region is missing'), 'set AWS_REGION'],
    ['anything else', named('InternalError'), 'What AWS said (InternalError).'],
    ['what is not an error', 'odd', 'odd (Error).'],
    ['an answer of several lines', named('Error', 'XML parse error.\n  inspect the field'), 'XML parse error (Error).'],
  ])('%s', (_what, error, words) => {
    const { message } = awsFailure('Reading', error);
    expect(message).toMatch(/^Reading failed: /);
    expect(message).toContain(words);
    expect(message).toMatch(/\.$/);
    expect(message).not.toContain('\n');
  });

  test('a profile without credentials is named', () => {
    const { AWS_PROFILE: before } = process.env;
    process.env.AWS_PROFILE = 'nope';
    const { message } = awsFailure('Reading', named('CredentialsProviderError'));
    if (before === undefined) delete process.env.AWS_PROFILE;
    else process.env.AWS_PROFILE = before;
    expect(message).toContain('the AWS profile "nope" has no credentials on this machine');
  });

  test('what is a sentence already stays as it is', () => {
    const said = new CommandError('Reading failed: the file is empty.');
    expect(awsFailure('Showing', said)).toBe(said);
  });
});

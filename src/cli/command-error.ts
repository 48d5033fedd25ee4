/** A failure that an operator can act on; its message is one sentence and the whole of what is shown. */
export class CommandError extends Error {}

/** Turns what a call to AWS threw into a sentence; what is one already stays as it is. */
export function awsFailure(attempted: string, error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return new CommandError(`${attempted} failed: ${whatToDo(name, message)}`, { cause: error });
}

function whatToDo(name: string, message: string): string {
  if (/ExpiredToken|TokenRefreshRequired/.test(name) || /token.*expired/i.test(message)) {
    return 'the AWS credentials have expired; sign in again.';
  }
  const { AWS_PROFILE: profile } = process.env;
  if (name === 'CredentialsProviderError' && profile) {
    return `the AWS profile "${profile}" has no credentials on this machine; sign in to it, `
      + 'or set AWS_PROFILE to one that `aws configure list-profiles` shows.';
  }
  if (name === 'CredentialsProviderError') return 'no AWS credentials were found; sign in, or set AWS_PROFILE.';
  if (/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidAccessKeyId/.test(name)) {
    return 'AWS does not know these credentials; sign in, or set AWS_PROFILE.';
  }
  if (name === 'QueueDoesNotExist' || name === 'ResourceNotFoundException') {
    return 'the stage has no such resource; check --stage, AWS_REGION and that the stack is deployed.';
  }
  if (/AccessDenied|NotAuthorized/.test(name)) {
    return `these credentials may not do it (${message.replace(/\.$/, '')}); use a role that may.`;
  }
  if (/ECONNREFUSED|ENOTFOUND|TimeoutError/.test(`${name} ${message}`)) {
    return 'AWS could not be reached; check the network, or that the local stage still runs.';
  }
  if (/region is missing/i.test(message)) return 'no region is set; set AWS_REGION.';
  // What is not AWS may answer with a page: its first line says what it is.
  return `${(message.trim().split('\n')[0] ?? '').replace(/\.$/, '')} (${name}).`;
}

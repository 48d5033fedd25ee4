import { identitySubject } from '../../../tools/delivery-steps/identity-subject';

const TOKEN = 'a-secret-of-the-runner';

function asked(answer: Response) {
  const calls: Array<readonly [string, unknown]> = [];
  const fetchAnswer: typeof fetch = async (input, init) => {
    calls.push([input instanceof Request ? input.url : input.toString(), init?.headers]);
    return Promise.resolve(answer);
  };
  return { calls, request: { url: 'https://actions.test/token?api=1', token: TOKEN, fetch: fetchAnswer } };
}

test('the subject is read from the token that GitHub would give the job', async () => {
  const payload = Buffer.from(JSON.stringify({ sub: 'repo:Example-Org/engine:environment:dev' })).toString('base64url');
  const { calls, request } = asked(Response.json({ value: `header.${payload}.signature` }));
  await expect(identitySubject(request)).resolves.toBe('repo:Example-Org/engine:environment:dev');
  expect(calls).toEqual([['https://actions.test/token?api=1&audience=sts.amazonaws.com', { authorization: `Bearer ${TOKEN}` }]]);
});

test('a refusal is one sentence without the runner\'s secret', async () => {
  const { request } = asked(new Response(TOKEN, { status: 403 }));
  await expect(identitySubject(request)).rejects.toThrow(/^Asking GitHub for the job's identity failed with HTTP 403\. Run/);
});

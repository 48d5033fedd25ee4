import { z } from 'zod';
import { GitHubApi } from '../../../../tools/delivery-steps/github/api';

function answering(
  status: number,
  body: string,
): { readonly github: GitHubApi; readonly calls: Array<readonly [string, RequestInit | undefined]> } {
  const calls: Array<readonly [string, RequestInit | undefined]> = [];
  const fetchAnswer = async (input: string | URL | Request, init?: RequestInit) => {
    calls.push([input instanceof Request ? input.url : String(input), init]);
    return Promise.resolve(new Response(body, { status }));
  };
  return {
    calls,
    github: new GitHubApi({
      url: 'https://github.test',
      repository: 'example-org/engine',
      token: 'secret-token',
      fetch: fetchAnswer,
    }),
  };
}

test('a question carries the token and the version of the API', async () => {
  const { github, calls } = answering(200, '{"name":"prod"}');
  await expect(github.get('/environments/prod', z.object({ name: z.string() }))).resolves.toEqual({ name: 'prod' });
  expect(calls[0]?.[0]).toBe('https://github.test/repos/example-org/engine/environments/prod');
  expect(calls[0]?.[1]?.headers).toMatchObject({
    'authorization': 'Bearer secret-token',
    'x-github-api-version': '2022-11-28',
  });
});

test('what is not there is nothing to find, and a fault to get', async () => {
  const { github } = answering(404, '{}');
  await expect(github.find('/environments/prod', z.unknown())).resolves.toBeUndefined();
  await expect(github.get('/environments/prod', z.unknown())).rejects.toThrow(
    'HTTP 404: it does not exist, or the job may not see it',
  );
});

test('a fault names the call and GitHub\'s words, never the token', async () => {
  const { github } = answering(502, 'Bad Gateway');
  const asking = github.send('POST', '/issues', { title: 'x' });
  await expect(asking).rejects.toThrow(
    "Asking GitHub for POST /issues failed with HTTP 502: Bad Gateway Check the job's permissions, then run the job "
      + 'again.',
  );
  await expect(asking).rejects.toThrow(expect.not.stringContaining('secret-token'));
});

test('pages end where there are none', async () => {
  const { github, calls } = answering(200, '[1]');
  const pages: unknown[] = [];
  for await (const page of github.pages('/issues?state=open', z.array(z.number()), 3)) pages.push(page);
  expect(pages).toEqual([[1], [1], [1]]);
  expect(calls.map(([url]) => url.split('?')[1])).toEqual([
    'state=open&per_page=100&page=1',
    'state=open&per_page=100&page=2',
    'state=open&per_page=100&page=3',
  ]);
});

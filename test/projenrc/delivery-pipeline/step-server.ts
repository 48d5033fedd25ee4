import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { runPipelineStep } from '../../../tools/delivery-steps/commands';
import { hostFrom } from '../../../tools/delivery-steps/step-host';

const ENV_VARS = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_TOKEN', 'GITHUB_REPOSITORY', 'GITHUB_API_URL'] as const;

export interface StepServer {
  /** The script that runs a pipeline step, given its words as the workflow has them. */
  script(words: string): string;
  stop(): Promise<void>;
}

/** Runs the pipeline's steps inside the test's process, for scripts that call it: starting a process for each would take most of the test's time. */
export async function startStepServer(): Promise<StepServer> {
  const server = createServer((socket) => {
    let received = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      received += chunk;
      // Number of the words, folder, variables, words; each ends with a zero byte.
      const fields = received.split('\0').slice(0, -1);
      const [amount, folder = '', ...rest] = fields;
      if (amount !== undefined && fields.length === Number(amount) + 2 + ENV_VARS.length) void answer(socket, folder, rest);
    });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port ?? 0 : 0;
  return {
    script: (words) => [
      `exec 3<>/dev/tcp/127.0.0.1/${port}`,
      `step() { printf '%s\\0' "$#" "$PWD" ${ENV_VARS.map((name) => `"$${name}"`).join(' ')} "$@" >&3; read -r code <&3; cat <&3; return "$code"; }`,
      `step ${words}`,
    ].join('\n'),
    stop: async () => new Promise((stopped) => { server.close(() => { stopped(); }); }),
  };
}

async function answer(socket: Socket, folder: string, fields: readonly string[]): Promise<void> {
  const variables = Object.fromEntries(ENV_VARS.map((name, index) => [name, fields[index] ?? '']));
  const said: string[] = [];
  const host = hostFrom(variables, folder, (text) => said.push(text));
  const code = await runPipelineStep(fields.slice(ENV_VARS.length), host).then(() => 0, (fault: unknown) => {
    said.push(`${String(fault)}\n`);
    return 1;
  });
  socket.end(`${code}\n${said.join('')}`);
}

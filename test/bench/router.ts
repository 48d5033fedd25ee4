import { SAMPLE } from '../../tools/local-stage/sample/company';
import { closeConversations, names, openBenchStage } from './bench-stage';
import { quantile, readable, readableSpread, spread, sum } from './figures';
import { cpuOf, observe, ownCalls, postMessages, reportsOf } from './message-run';
import type { BenchContext, Section } from './section';

const CHANNEL = 'sms';
const CLIENTS = [1, 10, 50] as const;
/**
 * Until the engine's code is compiled in each of the four processes: the first hundred requests of a process take three
 * times the CPU of the eighth.
 */
const WARM_UP = 3200;

/** The router over HTTP on the embedded cloud, warm, at several numbers of requests at once, taken in turns. */
export async function benchRouter({ assemblyFolder, isQuick, onProgress }: BenchContext): Promise<Section> {
  const rounds = isQuick ? 2 : 5;
  const requests = isQuick ? 100 : 200;
  const stage = await openBenchStage({ assemblyFolder, worksQueues: false });
  try {
    onProgress('Router: warming up …');
    for (let posted = 0; posted < (isQuick ? WARM_UP / 4 : WARM_UP); posted += WARM_UP / 8) {
      await postMessages(stage, { messages: WARM_UP / 8, channel: CHANNEL, clients: 4 });
      await closeConversations(stage, SAMPLE.companyId);
    }
    const measured = new Map(
      CLIENTS.map((clients) => [
        clients,
        { latencies: new Array<number>(), cpu: new Array<number>(), cpuOfRound: new Array<number>() },
      ]),
    );
    let calls: ReturnType<typeof ownCalls> = [];
    for (let round = 0; round < rounds; round += 1) {
      onProgress(`Router: round ${round + 1} of ${rounds}`);
      for (const [clients, figures] of measured) {
        const seen = await observe(stage, async () => {
          figures.latencies.push(
            ...(await postMessages(stage, { messages: requests, channel: CHANNEL, clients })).latencies,
          );
        });
        await closeConversations(stage, SAMPLE.companyId);
        const cpu = cpuOf(reportsOf(seen, names.router));
        figures.cpu.push(...cpu);
        figures.cpuOfRound.push(sum(cpu) / cpu.length);
        calls = ownCalls(seen);
      }
    }
    const cpuOfOne = spread(measured.get(1)?.cpu ?? []);
    const total = sum(calls.map((count) => count.calls)) / requests;
    return {
      name: 'router',
      title: 'Router',
      notes: [
        "A warm request over HTTP through the embedded cloud: time as its client sees it, and CPU of the function's "
        + 'own process (not of the emulated services), ' +
          `${rounds} rounds of ${requests} requests, the numbers of requests at once in turns. At most four `
          + 'processes work, so that 50 at once mostly wait for each other.',
      ],
      tables: [
        {
          title: 'Time and CPU of a request',
          columns: ['requests at once', 'p50, ms', 'p99, ms', 'CPU, ms: median (quartiles)', 'CPU by round, ms'],
          rows: [...measured].map(([clients, { latencies, cpu, cpuOfRound }]) => [
            clients,
            readable(quantile(latencies, 0.5)),
            readable(quantile(latencies, 0.99)),
            readableSpread(spread(cpu)),
            readableSpread(spread(cpuOfRound)),
          ]),
        },
        {
          title: 'Remote calls of a request',
          columns: ['service and operation', 'calls', 'read units', 'write units'],
          rows: calls.map((count) => [
            `${count.service} ${count.operation}`,
            readable(count.calls / requests),
            readable(count.readUnits / requests),
            readable(count.writeUnits / requests),
          ]),
        },
      ],
      figures: {
        routerCpuMilliseconds: cpuOfOne.median,
        routerCalls: total,
        ...Object.fromEntries(
          [...measured].flatMap(([clients, { latencies }]) => [
            [`routerP50At${clients}`, quantile(latencies, 0.5)],
            [`routerP99At${clients}`, quantile(latencies, 0.99)],
          ]),
        ),
      },
    };
  } finally {
    await stage.stop();
  }
}

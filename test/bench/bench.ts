import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { freshAssembly } from '../../tools/local-stage/fresh-assembly';
import { benchConsole } from './console';
import { benchCost } from './cost';
import { runGuard } from './guard';
import { benchHearing } from './hearing';
import { writePerformance } from './performance-page';
import { benchProcessor } from './processor';
import { benchReplies } from './replies/bench-replies';
import { benchRouter } from './router';
import { benchScale } from './scale';
import type { BenchContext, Section } from './section';
import { markdown, tableLines } from './section';
import { benchStart } from './start';
import { targetTable } from './targets';
import { benchTruth } from './truth/bench-truth';
import { benchTruthSpeed } from './truth/bench-truth-speed';
import { benchCited } from './truth-cited/bench-cited';

const PARTS: Readonly<Record<string, (context: BenchContext) => Promise<Section>>> = {
  'start': benchStart,
  'router': benchRouter,
  'processor': benchProcessor,
  'hearing': benchHearing,
  'scale': benchScale,
  'cost': benchCost,
  'console': benchConsole,
  'truth': benchTruth,
  'truth-speed': benchTruthSpeed,
  'truth-cited': benchCited,
  'replies': benchReplies,
};

const print = (line: string) => process.stdout.write(`${line}\n`);
const progress = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    // projen hands the dashes of `npx projen bench -- start` on.
    args: process.argv.slice(2).filter((word) => word !== '--'),
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const unknown = positionals.find((part) => !Object.hasOwn(PARTS, part) && part !== 'guard');
  if (unknown !== undefined) {
    throw new Error(
      `there is no part "${unknown}". Choose among ${Object.keys(PARTS).join(', ')} and guard, or none for all.`,
    );
  }
  // What the proof lets out, and what becomes of replies, needs no stage.
  const assemblyFolder =
    positionals.length > 0 && positionals.every((part) => part.startsWith('truth') || part === 'replies')
      ? ''
      : await freshAssembly(process.cwd(), progress);
  const context = { assemblyFolder, isQuick: values.quick, onProgress: progress };
  if (positionals.includes('guard')) return runGuard(context, { record: values.record, print });
  const sections: Section[] = [];
  for (const [name, measure] of Object.entries(PARTS)) {
    if (positionals.length === 0 || positionals.includes(name)) sections.push(await measure(context));
  }
  const figures: Readonly<Record<string, number>> = Object.assign({}, ...sections.map((section) => section.figures));
  const targets = targetTable(figures);
  const isEmpty = targets.rows.length === 0;
  if (values.json) print(JSON.stringify({ machine: machine(), figures, sections }, undefined, 2));
  else print([...sections.flatMap((section) => markdown(section)), ...(isEmpty ? [] : tableLines(targets))].join('\n'));
  if (values.write) writePerformance(process.cwd(), sections, targets, machine());
  return 0;
}

function machine(): string {
  const [processor] = cpus();
  return `${new Date().toISOString().slice(0, 10)}, Node.js ${process.versions.node}, ${cpus().length} × `
    + `${processor?.model ?? 'unknown processor'}.`;
}

main().then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    process.stderr.write(`The benchmark stopped: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

const tasks = z.object({
  tasks: z.record(
    z.string(),
    z.object({ steps: z.array(z.object({ execArgs: z.array(z.string()).optional() })).optional() }),
  ),
});

/** The functions whose stacks can be explained, by the names of their handlers' files. */
export function handlerNames(projectFolder: string): readonly string[] {
  return readdirSync(join(projectFolder, 'src/handlers')).flatMap((file) => {
    const [, name] = /^(.+)\.lambda\.ts$/.exec(file) ?? [];
    return name === undefined ? [] : [name];
  });
}

/** Every place of a bundle in a text, such as `index.js:48:86724`. */
const PLACE = /[^\s(]*\bindex\.js:(\d+):(\d+)/g;

export interface StackOptions {
  readonly projectFolder: string;
  /** The function's, by its file's name. */
  readonly handler: string;
  /** The source maps that were stored with a release: then any checkout will do. */
  readonly maps?: string | undefined;
}

/**
 * A log's stack with the files and lines of the source in place of the bundle's. Without a release's maps the bundle is
 * made again with one, by the very options of the build: in a checkout of the release's commit it is the one that ran.
 */
export function explainStack({ projectFolder, handler, maps }: StackOptions, stack: string): string {
  const file = maps === undefined ? mapOf(projectFolder, handler) : storedMap(maps, handler);
  const map = new SourceMap(JSON.parse(readFileSync(file, 'utf8')));
  return stack.replace(PLACE, (place, line: string, column: string) => {
    const found = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in found)) return place;
    const source = found.originalSource.replace(/^(?:\.\.\/)+/, '');
    return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
  });
}

function storedMap(folder: string, handler: string): string {
  const file = join(folder, handler, 'index.js.map');
  if (existsSync(file)) return file;
  const known = existsSync(folder) ? readdirSync(folder).join(', ') : '';
  throw new Error(known === ''
    ? `${folder} holds no source maps; download the artifact source-maps of the release's run into it.`
    : `${folder} has no map of ${handler}; take one of ${known}.`);
}

function mapOf(projectFolder: string, handler: string): string {
  const folder = join(projectFolder, '.local/source-maps', handler);
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'index.js');
  const [program = '', ...words] = buildCommand(projectFolder, handler);
  const options = words.filter((word) => !word.startsWith('--outfile') && !word.startsWith('--sourcemap'));
  execFileSync(join(projectFolder, 'node_modules/.bin', program), [
    ...options, `--outfile=${outfile}`, '--sourcemap=external', '--log-level=error',
  ], { cwd: projectFolder, stdio: ['ignore', 'ignore', 'inherit'] });
  return `${outfile}.map`;
}

/** As the build's own task has it. */
function buildCommand(projectFolder: string, handler: string): readonly string[] {
  const file = join(projectFolder, '.projen/tasks.json');
  const known = existsSync(file) ? tasks.parse(JSON.parse(readFileSync(file, 'utf8'))).tasks : {};
  const command = known[`bundle:handlers/${handler}.lambda`]?.steps?.find(
    ({ execArgs = [] }) => execArgs[0] === 'esbuild',
  );
  if (command?.execArgs) return command.execArgs;
  throw new Error(`there is no function ${handler}; take one of ${handlerNames(projectFolder).join(', ')}.`);
}

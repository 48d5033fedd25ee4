import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type * as consoleDocument from '../../src/openapi/console-document';
import type * as apiDocument from '../../src/openapi/document';

/** The same validator, reached in a way that Jest can go. */
jest.mock('@seriousme/openapi-schema-validator', () => {
  const { validity }: { validity: (document: object) => object } = jest.requireActual('./validity');
  return {
    Validator: class {
      async validate(document: object) {
        return Promise.resolve(validity(document));
      }
    },
  };
});

const API: typeof apiDocument = jest.requireActual('../../src/openapi/document');
const CONSOLE: typeof consoleDocument = jest.requireActual('../../src/openapi/console-document');

const saved = { argv: process.argv, exitCode: process.exitCode };
let folder: string;
let said: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  said = '';
  haveDocuments(API.openApiDocument, CONSOLE.consoleDocument);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  process.argv = saved.argv;
  process.exitCode = saved.exitCode;
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command as the task does, until it has written the last of its files or said why not. */
async function run(command: 'write' | 'write-console', files: readonly string[]): Promise<void> {
  process.argv = ['node', `src/openapi/${command}.ts`, ...files];
  jest.isolateModules(() => {
    jest.requireActual(`../../src/openapi/${command}`);
  });
  const last = files.at(-1) ?? '';
  while (said === '' && !existsSync(last)) await new Promise((resolve) => { setImmediate(resolve); });
}

/** What the commands have to write. Loaded once: each run of a command is a fresh copy of the command alone. */
function haveDocuments(openApiDocument: () => object, consoleDocument: () => object): void {
  jest.doMock('../../src/openapi/document', () => ({ openApiDocument }));
  jest.doMock('../../src/openapi/console-document', () => ({ consoleDocument }));
}

/** Has both documents break the specification for one run. */
function breakDocument(): void {
  const broken = () => ({ openapi: '3.1.0', info: {}, paths: {} });
  haveDocuments(broken, broken);
}

const inFolder = (...names: readonly string[]) => names.map((name) => join(folder, name));
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What the module that serves the document holds. */
function served(): unknown {
  const packed = [...text('served.ts').matchAll(/'([\w+/=]+)'/g)].map(([, line]) => line).join('');
  return JSON.parse(brotliDecompressSync(Buffer.from(packed, 'base64')).toString());
}

describe("the command that writes the API's document", () => {
  const FILES = ['openapi.json', 'served.ts', 'made/for-types.json'];

  test('writes it for people, for the stage that serves it, and without recursion for types', async () => {
    await run('write', inFolder(...FILES));
    const document = asJson(API.openApiDocument());
    expect(text('openapi.json')).toBe(`${JSON.stringify(document, undefined, 2)}\n`);
    expect(served()).toEqual(document);
    expect(text('served.ts')).toContain('export const PACKED_DOCUMENT =\n');
    expect(Math.max(...text('served.ts').split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(JSON.parse(text('made/for-types.json'))).toMatchObject({ openapi: '3.1.0' });
    expect([said, process.exitCode]).toEqual(['', saved.exitCode]);
  });

  test('leaves the module alone that holds the same document, however it was packed', async () => {
    await run('write', inFolder(...FILES));
    const [, module = ''] = inFolder(...FILES);
    writeFileSync(module, `// As another version packed it.\n${text('served.ts')}`);
    const before = statSync(module).mtimeMs;
    rmSync(join(folder, 'made'), { recursive: true });
    await run('write', inFolder(...FILES));
    expect(text('served.ts')).toMatch(/^\/\/ As another version/);
    expect(statSync(module).mtimeMs).toBe(before);
  });

  test.each([
    ['of another document', "export const PACKED_DOCUMENT = 'CwGAe30D';\n"],
    ['that is none', 'export const PACKED_DOCUMENT = 1;\n'],
  ])('writes a module anew %s', async (_what, before) => {
    writeFileSync(join(folder, 'served.ts'), before);
    await run('write', inFolder(...FILES));
    expect(served()).toEqual(asJson(API.openApiDocument()));
  });

  test.each([[0], [2]])('asks for the paths where it is given %i of the three', async (count) => {
    await run('write', inFolder(...FILES).slice(0, count));
    expect(said).toBe(
      "Writing the API's document failed: a file was not named. "
        + 'Give the paths of the document, of the module that serves it, and for types.\n',
    );
    expect(process.exitCode).toBe(1);
    expect(FILES.filter((name) => existsSync(join(folder, name)))).toEqual([]);
  });

  test('writes nothing of a document that breaks the specification', async () => {
    breakDocument();
    await run('write', inFolder(...FILES));
    expect(said).toMatch(/^Writing the API's document failed: it breaks the OpenAPI specification: \[.*title.*\]\.\n$/s);
    expect(process.exitCode).toBe(1);
    expect(FILES.filter((name) => existsSync(join(folder, name)))).toEqual([]);
  });

  test('tells of a folder that is not there', async () => {
    await run('write', inFolder('none/openapi.json', 'served.ts', 'for-types.json'));
    expect(said).toMatch(/^Writing the API's document failed: .*ENOENT/);
    expect(process.exitCode).toBe(1);
  });
});

describe("the command that writes the console's document", () => {
  test('writes it where it is told to', async () => {
    await run('write-console', inFolder('console.json'));
    expect(text('console.json')).toBe(`${JSON.stringify(CONSOLE.consoleDocument(), undefined, 2)}\n`);
    expect([said, process.exitCode]).toEqual(['', saved.exitCode]);
  });

  test('asks for the path where it is given none', async () => {
    await run('write-console', []);
    expect(said).toBe("Writing the console's document failed: no file was named. Give the path of the document.\n");
    expect(process.exitCode).toBe(1);
  });

  test('writes nothing of a document that breaks the specification', async () => {
    breakDocument();
    await run('write-console', inFolder('console.json'));
    expect(said).toContain("Writing the console's document failed: it breaks the OpenAPI specification: ");
    expect(process.exitCode).toBe(1);
    expect(existsSync(join(folder, 'console.json'))).toBe(false);
  });
});

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiDocument } from './document';
import { withoutRecursion } from './without-recursion';

/**
 * The command behind `npx projen openapi`: the document for people and tools, the module by which a stage serves it,
 * and
 * what the client's types are read from. All are written only if the document keeps the specification.
 */
async function main([file, servedModule, forTypes]: readonly string[]): Promise<void> {
  if (file === undefined || servedModule === undefined || forTypes === undefined) {
    throw new Error(
      'a file was not named. Give the paths of the document, of the module that serves it, and for types.',
    );
  }
  const document = openApiDocument();
  const { valid, errors } = await new Validator().validate({ ...document });
  if (!valid) throw new Error(`it breaks the OpenAPI specification: ${JSON.stringify(errors)}.`);
  writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`);
  writePacked(servedModule, JSON.stringify(document));
  mkdirSync(dirname(forTypes), { recursive: true });
  writeFileSync(forTypes, JSON.stringify(withoutRecursion(document)));
}

const LINE = 110;

/**
 * Packed, so that the functions that import it load a tenth of it. What holds the same document already is left alone:
 * two versions of Node.js may pack the same text in two ways.
 */
function writePacked(file: string, json: string): void {
  if (existsSync(file) && unpacked(readFileSync(file, 'utf8')) === json) return;
  const packed = brotliCompressSync(json).toString('base64');
  const lines = packed.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  writeFileSync(file, [
    '// Written by `npx projen openapi`.',
    "/** The API's document: JSON, Brotli, Base64. */",
    'export const PACKED_DOCUMENT =',
    `  ${lines.map((line) => `'${line}'`).join('\n  + ')};`,
    '',
  ].join('\n'));
}

function unpacked(source: string): string | undefined {
  const packed = [...source.matchAll(/'([A-Za-z0-9+/=]+)'/g)].map(([, line]) => line).join('');
  try {
    return brotliDecompressSync(Buffer.from(packed, 'base64')).toString();
  } catch {
    return undefined;
  }
}

main(process.argv.slice(2)).catch((fault: unknown) => {
  process.stderr.write(
    `Writing the API's document failed: ${fault instanceof Error ? fault.message : String(fault)}\n`,
  );
  process.exitCode = 1;
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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
  writeFileSync(servedModule, servedAs(JSON.stringify(document)));
  mkdirSync(dirname(forTypes), { recursive: true });
  writeFileSync(forTypes, JSON.stringify(withoutRecursion(document)));
}

/** One string: it is parsed by no one but those who read it. */
function servedAs(json: string): string {
  const quoted = `'${json.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  return `// Written by \`npx projen openapi\`.\n/** The API's document, as it is served. */\nexport const `
    + `API_DOCUMENT =\n  ${quoted};\n`;
}

main(process.argv.slice(2)).catch((fault: unknown) => {
  process.stderr.write(
    `Writing the API's document failed: ${fault instanceof Error ? fault.message : String(fault)}\n`,
  );
  process.exitCode = 1;
});

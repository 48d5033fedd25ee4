import { writeFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { consoleDocument } from './console-document';

/** The command behind `npx projen console:openapi`. The document is written only if it keeps the specification. */
async function main([file]: readonly string[]): Promise<void> {
  if (file === undefined) throw new Error('no file was named. Give the path of the document.');
  const document = consoleDocument();
  const { valid, errors } = await new Validator().validate({ ...document });
  if (!valid) throw new Error(`it breaks the OpenAPI specification: ${JSON.stringify(errors)}.`);
  writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`);
}

main(process.argv.slice(2)).catch((fault: unknown) => {
  process.stderr.write(
    `Writing the console's document failed: ${fault instanceof Error ? fault.message : String(fault)}\n`,
  );
  process.exitCode = 1;
});

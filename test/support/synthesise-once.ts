import { freshAssembly } from '../../tools/local-stage/fresh-assembly';

/** Runs once before the tests of whole stages: they start the very assembly that a deployment would use. */
module.exports = async () => {
  await freshAssembly(process.cwd(), (line) => process.stderr.write(`${line}\n`));
};

import { Script, constants } from 'node:vm';

type EsModule = Readonly<Record<string, unknown>>;

/**
 * Imports an ES module by its name or address. Jest runs tests in a context of its own that cannot import those, so
 * there Node.js's own loader is asked.
 */
export async function importEsModule(address: string): Promise<EsModule> {
  try {
    return await import(address);
  } catch (error) {
    if (!/dynamic import callback/.test(String(error))) throw error;
    const importer: unknown = new Script('(address) => import(address)', {
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext();
    return isImporter(importer) ? importer(address) : {};
  }
}

function isImporter(value: unknown): value is (address: string) => Promise<EsModule> {
  return typeof value === 'function';
}

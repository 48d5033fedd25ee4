import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import { z } from 'zod';
import { ENGINE_VERSION } from '../../src/core/version';

const ENTRY = 'src/client/package-entry.ts';
const NAME = 'ai-multi-comms-engine-client';

/** The parts of the engine's own package.json that the client's repeats. */
const manifestSchema = z.object({
  author: z.unknown(),
  license: z.string(),
  engines: z.object({ node: z.string() }),
  devDependencies: z.record(z.string(), z.string()),
});

/** Writes the client package into the folder: one bundle for ESM, one for CommonJS, the types of each. */
export async function buildClientPackage(projectFolder: string, folder: string): Promise<void> {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const shared: BuildOptions = {
    entryPoints: [join(projectFolder, ENTRY)], bundle: true, external: ['openapi-fetch'], target: 'es2022', platform: 'node',
    logLevel: 'silent', tsconfig: join(projectFolder, 'tsconfig.dev.json'),
  };
  await build({ ...shared, format: 'esm', outfile: join(folder, 'index.mjs') });
  await build({ ...shared, format: 'cjs', outfile: join(folder, 'index.cjs') });
  const [types = ''] = generateDtsBundle(
    [{ filePath: join(projectFolder, ENTRY), output: { noBanner: true, exportReferencedTypes: false } }],
    { preferredConfigPath: join(projectFolder, 'tsconfig.dev.json') },
  );
  for (const file of ['index.d.mts', 'index.d.cts']) writeFileSync(join(folder, file), types);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packageManifest(manifest), undefined, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), README);
  copyFileSync(join(projectFolder, 'LICENSE'), join(folder, 'LICENSE'));
}

function packageManifest(engine: z.infer<typeof manifestSchema>) {
  return {
    name: NAME,
    version: ENGINE_VERSION,
    description: 'Typed client of the AI Multi-Comms Engine with safe retries.',
    author: engine.author,
    license: engine.license,
    engines: { node: engine.engines.node },
    type: 'module',
    exports: {
      '.': {
        import: { types: './index.d.mts', default: './index.mjs' },
        require: { types: './index.d.cts', default: './index.cjs' },
      },
    },
    main: './index.cjs',
    module: './index.mjs',
    types: './index.d.cts',
    files: ['index.*', 'LICENSE', 'README.md'],
    sideEffects: false,
    dependencies: { 'openapi-fetch': engine.devDependencies['openapi-fetch'] },
  };
}

const README = `# AI Multi-Comms Engine: client

\`\`\`ts
import { createEngineClient } from '${NAME}';

const engine = createEngineClient({ url: process.env.ENGINE_URL ?? '', apiKey: process.env.ENGINE_KEY ?? '' });
const result = await engine.initiateConversation({
  company_data: { company_id: 'harbour-and-pine', project_id: 'nurse-recruitment' },
  recipient_data: {
    recipient_first_name: 'Amara', recipient_last_name: 'Okafor', recipient_tel: '+447700900210', comms_consent: true,
  },
  project_data: { job_title: 'Staff Nurse', unclear_point: 'Your CV gives two end dates for your last position.' },
  request_data: { channel_method: 'whatsapp' },
});
\`\`\`

The result's \`outcome\` is \`accepted\`, \`refused\`, \`limited\` or \`unanswered\`; the client repeats what is safe to repeat.
`;

if (require.main === module) {
  buildClientPackage(process.cwd(), join(process.cwd(), 'dist', 'client')).then(
    () => process.stdout.write('The client package is in dist/client. Pack it with: npm pack ./dist/client\n'),
    (error: unknown) => {
      process.stderr.write(
        `Building the client package failed: ${error instanceof Error ? error.message : String(error)}\n`,
      );
      process.exitCode = 1;
    },
  );
}

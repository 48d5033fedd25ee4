export interface SampleParts {
  readonly template?: unknown;
  readonly assetPath?: string;
  /** The asset's whole source, in place of its path. */
  readonly source?: unknown;
  readonly stack?: string;
}

/** An assembly of one stack with one asset, as files to write; parts can be replaced. */
export function sampleAssembly(parts: SampleParts = {}): Readonly<Record<string, unknown>> {
  const stack = parts.stack ?? 'ai-multi-comms-dev';
  return {
    'manifest.json': {
      version: '48.0.0',
      artifacts: {
        [`${stack}.assets`]: { type: 'cdk:asset-manifest', properties: { file: `${stack}.assets.json` } },
        [stack]: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: `${stack}.template.json`, stackName: stack },
        },
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
      },
    },
    [`${stack}.template.json`]: parts.template ?? { Resources: {} },
    [`${stack}.assets.json`]: {
      version: '48.0.0',
      files: {
        code: { source: parts.source ?? { path: parts.assetPath ?? 'asset.code', packaging: 'zip' }, destinations: {} },
      },
      dockerImages: {},
    },
    'asset.code/index.js': 'exports.handler = () => 1;',
  };
}

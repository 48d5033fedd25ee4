import { awscdk } from 'projen';
import type { javascript } from 'projen';

const bundling: Partial<javascript.AddBundleOptions> = {
  minify: true,
  sourcemap: false,
  // Without it esbuild takes the CommonJS builds of the SDK, which cannot be shaken: 571 KB instead of 361 KB for the
  // router.
  mainFields: ['module', 'main'],
  // Words of other alphabets stay letters: escaped, each takes six bytes.
  // A package looks for an optional one beside itself (email-reply-parser); in a bundle it has no place of its own.
  define: { 'import.meta.url': JSON.stringify('file:///var/task/index.js') },
  esbuildArgs: { '--legal-comments': 'none', '--charset': 'utf8' },
};

/**
 * How every `*.lambda.ts` becomes a bundle. Lambda runs Node.js 24; the syntax stays what the project's lowest Node.js
 * runs, for the embedded cloud. The SDK is bundled because that starts faster than the runtime's copy
 * (docs/performance.md).
 */
export const HANDLER_BUNDLES: awscdk.LambdaFunctionCommonOptions = {
  runtime: new awscdk.LambdaRuntime('nodejs24.x', 'node20', { defaultExternals: [] }),
  awsSdkConnectionReuse: false,
  bundlingOptions: bundling,
};

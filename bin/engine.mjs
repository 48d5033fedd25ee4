#!/usr/bin/env node
// The operators' command. It runs a bundle, because reading some 700 modules one by one takes seconds. A bundle that
// is missing or older than the source is made first, so that a checkout never runs what it no longer says.
import { bundleEngine, ENTRY, isCurrent } from './bundle-engine.mjs';

if (!isCurrent()) {
  const failure = await bundleEngine();
  if (failure !== undefined) {
    process.stderr.write(
      `Starting engine failed: ${failure}; run \`npm ci\` in the project's folder, then engine again.\n`,
    );
    process.exit(1);
  }
}
// The SDK's own word on old versions of Node.js is for this project's maintainers: CONTRIBUTING.md names the version.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
await import(ENTRY);

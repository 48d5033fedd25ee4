import type { awscdk } from 'projen';
import { Component } from 'projen';

/** Where the API is written down, and the client's types that are read from it. */
const DOCUMENT = 'docs/openapi.json';
const CLIENT_TYPES = 'src/client/api-types.ts';
const SERVED_DOCUMENT = 'src/reader/api-document.ts';
/** The document as the types are read from it; ignored by git. */
const FOR_TYPES = '.local/openapi-for-types.json';

/**
 * `npx projen openapi`: writes the API's document from the schemas that judge requests, and the client's types from the
 * document.
 */
export class ApiDocument extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    project.addDevDeps('openapi-fetch@^0.17.0', 'openapi-typescript@^7.13.0');
    const task = project.addTask('openapi', {
      description: "Writes the API as OpenAPI 3.1 from the schemas that judge requests, and the client's types from it",
      steps: [
        { exec: `tsx src/openapi/write.ts ${DOCUMENT} ${SERVED_DOCUMENT} ${FOR_TYPES}` },
        // What has a default need not be sent.
        { exec: `openapi-typescript ${FOR_TYPES} --output ${CLIENT_TYPES} --default-non-nullable false` },
      ],
    });
    project.addTask('client:package', {
      description: 'Builds the installable client package (ESM, CommonJS and types) into dist/client',
      steps: [{ exec: 'tsx tools/client-package/build-client-package.ts', receiveArgs: false }],
    });
    project.addTask('openapi:lint', {
      description: "Judges the API's document by Spectral and Redocly, and the client package by publint and attw",
      steps: [{ execArgs: ['tsx', 'tools/api-checks/lint.ts'], receiveArgs: true }],
    });
    project.addTask('openapi:fuzz', {
      description:
        'Runs Schemathesis over the API of a stage on this machine: [--seed N] [--examples N] [--require fails '
          + 'without Python]',
      steps: [{ execArgs: ['tsx', 'tools/api-checks/fuzz.ts'], receiveArgs: true }],
    });
    // What it remembers of its last run.
    project.gitignore.exclude('/.schemathesis/');
    // Only the client is made to be published.
    project.package.addField('private', true);
    // Before the types are checked, so that a build never works with what an older schema said; CI refuses a tree that
    // this changes.
    project.preCompileTask.spawn(task);
    for (const file of [DOCUMENT, CLIENT_TYPES, SERVED_DOCUMENT]) {project.gitattributes.addAttributes(`/${file}`, 'linguist-generated');}
    for (const file of [CLIENT_TYPES, SERVED_DOCUMENT]) project.eslint?.addIgnorePattern(file);
    project.eslint?.allowDevDeps('src/openapi/**');
    project.eslint?.allowDevDeps('src/client/**');
  }
}

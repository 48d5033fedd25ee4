import type { awscdk } from 'projen';
import { Component, JsonFile } from 'projen';

/** What the page is made of. All of it is bundled by the build, so that nothing of it is installed with the engine. */
const PAGE_PACKAGES = [
  '@cloudscape-design/collection-hooks@^1.0.0',
  '@cloudscape-design/components@^3.0.1383',
  '@tanstack/react-query@^5.108.4',
  '@types/react@^19.3.3',
  '@types/react-dom@^19.3.0',
  'react@^19.3.1',
  'react-dom@^19.3.1',
  'wouter@^3.13.0',
];

/** What judges the page in a browser that is installed beside it. */
const BROWSER_PACKAGES = ['axe-core@^4.14.1', 'playwright-core@^1.65.1'];

const TSCONFIG = 'tsconfig.console.json';
const DOCUMENT = 'docs/console-openapi.json';
const TYPES = 'src/console/api-types.ts';

/** The console: a page in the browser, and the one function that serves it. */
export class ConsolePage extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp) {
    super(project);
    project.addDevDeps(...PAGE_PACKAGES, ...BROWSER_PACKAGES);
    this.addDocument(project);
    this.addBundle(project);
    this.addTypeCheck(project);
    project.addTask('console:dev', {
      description: 'The same, and builds the page again whenever its source changes',
      steps: [{ execArgs: ['tsx', 'tools/local-stage/local.ts', '--console-dev', '--sample'], receiveArgs: true }],
    });
    project.addTask('console:sample', {
      description: 'Runs the local stage, filled with sample conversations in every state, so that no screen is empty',
      steps: [{ execArgs: ['tsx', 'tools/local-stage/local.ts', '--sample'], receiveArgs: true }],
    });
    project.addTask('console:screens', {
      description:
        "Judges the console's screens in Chromium, and with --write takes the pictures of docs/console.md; says that "
          + 'it was skipped where no Chromium is installed',
      steps: [{ execArgs: ['tsx', 'tools/console-screens/main.ts'], receiveArgs: true }],
    });
  }

  private addDocument(project: awscdk.AwsCdkTypeScriptApp): void {
    const task = project.addTask('console:openapi', {
      description: "Writes the console's own API as OpenAPI 3.1 from its table of routes, and the page's types from it",
      steps: [
        { exec: `tsx src/openapi/write-console.ts ${DOCUMENT}` },
        { exec: `openapi-typescript ${DOCUMENT} --output ${TYPES} --default-non-nullable false` },
      ],
    });
    project.preCompileTask.spawn(task);
    for (const file of [DOCUMENT, TYPES]) project.gitattributes.addAttributes(`/${file}`, 'linguist-generated');
    project.eslint?.addIgnorePattern(TYPES);
  }

  /** Beside the function's own code, so that page and function move at once. */
  private addBundle(project: awscdk.AwsCdkTypeScriptApp): void {
    const bundle = project.addTask('bundle:console', {
      steps: [{ execArgs: ['tsx', 'tools/console-page/build.ts'] }],
    });
    project.tasks.tryFind('bundle')?.spawn(bundle);
  }

  /** A browser's page knows no Node.js, and the rest of the engine no browser. */
  private addTypeCheck(project: awscdk.AwsCdkTypeScriptApp): void {
    new JsonFile(project, TSCONFIG, {
      marker: true,
      obj: {
        extends: './tsconfig.dev.json',
        compilerOptions: { jsx: 'react-jsx', lib: ['ES2023', 'DOM', 'DOM.Iterable'], types: [], module: 'esnext', moduleResolution: 'bundler' },
        include: ['src/console/**/*.ts', 'src/console/**/*.tsx'],
        exclude: ['node_modules'],
      },
    });
    project.tsconfigDev.addExclude('src/console');
    project.compileTask.exec(`tsc --project ${TSCONFIG} --noEmit --incremental --tsBuildInfoFile .local/console-types.tsbuildinfo`);
    project.eslint?.allowDevDeps('src/console/**');
    project
      .tryFindObjectFile('.eslintrc.json')
      ?.addOverride('parserOptions.project', [`./${project.tsconfigDev.fileName}`, `./${TSCONFIG}`]);
    project.eslint?.addOverride({
      files: ['src/console/**/*.tsx'],
      // Markup is long and holds no branches; what decides lies in functions of their own.
      rules: { 'max-lines-per-function': ['error', { max: 110, skipBlankLines: true, skipComments: true }] },
    });
  }
}

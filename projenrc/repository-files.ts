import type { awscdk, ObjectFileOptions } from 'projen';
import { Component, TextFile, YamlFile } from 'projen';

interface RepositoryFilesOptions {
  /** The Node.js that is recommended: the one of the Lambda runtime. */
  readonly nodeVersion: string;
  /** Who is asked to review; GitHub names, with the organisation before a team's. */
  readonly owners: readonly string[];
}

/** What people and their editors expect of a repository. */
export class RepositoryFiles extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp, { nodeVersion, owners }: RepositoryFilesOptions) {
    super(project);
    new TextFile(project, '.nvmrc', { lines: [nodeVersion] });
    new TextFile(project, '.editorconfig', { marker: true, lines: ['root = true', '', ...EDITOR] });
    new TextFile(project, '.github/CODEOWNERS', { marker: true, lines: [`* ${owners.join(' ')}`] });
    project.github?.addPullRequestTemplate(...PULL_REQUEST);
    const template = (name: string, obj: ObjectFileOptions['obj']) =>
      new YamlFile(project, `.github/ISSUE_TEMPLATE/${name}.yml`, { obj, marker: true });
    template('bug', BUG);
    template('change', CHANGE);
    template('config', { blank_issues_enabled: false });
  }
}

const EDITOR = [
  '[*]', 'charset = utf-8', 'end_of_line = lf', 'indent_style = space', 'indent_size = 2',
  'insert_final_newline = true', 'trim_trailing_whitespace = true', 'max_line_length = 120', '',
  '[*.py]', 'indent_size = 4',
];

const PULL_REQUEST = [
  '## What changes for whom', '', '', '## How it is shown', '',
  '- [ ] A test fails without the change',
  '- [ ] `npx projen build` passes and leaves nothing to commit',
  '- [ ] The documents say what is true now',
  '- [ ] No personal data, key or secret in code, tests and this text',
];

const area = (id: string, label: string, description?: string) => ({
  type: 'textarea',
  id,
  attributes: { label, ...(description === undefined ? {} : { description }) },
  validations: { required: true },
});

const BUG = {
  name: 'Something goes wrong',
  description: 'The engine, a command or a document does not do what it says',
  labels: ['bug'],
  body: [
    { type: 'markdown', attributes: { value: 'No personal data, key or secret, please. SECURITY.md says how to report a weakness.' } },
    area('happened', 'What happened', 'The command or request, and the whole answer'),
    area('expected', 'What should have happened'),
    area('repeat', 'How to see it', 'On the stack of `npx projen local`, if it shows there'),
    area('version', 'Commit, Node.js and stage'),
  ],
};

const CHANGE = {
  name: 'Something is missing',
  description: 'A use that the engine does not serve',
  labels: ['enhancement'],
  body: [
    area('who', 'Who needs it, and for what'),
    area('today', 'How it is done today'),
    area('done', 'How one would see that it is done'),
  ],
};

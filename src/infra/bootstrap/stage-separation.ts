import type { StackProps } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { PRODUCT, resourceNames } from '../../core/names';
import { acknowledge } from '../acknowledge';
import { asNagShows } from '../permissions';
import type { DeliveryStage } from './delivery-context';
import { boundaryName, executionPolicyName, qualifierOf } from './role-names';

/** Services of the stack's resources; a deployment may use no other. */
const SERVICES = [
  'apigateway', 'cloudwatch', 'codedeploy', 'cognito-idp', 'dynamodb', 'events', 'kms', 'lambda', 'logs', 'sns', 'sqs',
];

/** What CloudFormation does with the stack's own roles. */
const ROLE_ACTIONS = [
  'CreateRole', 'DeleteRole', 'GetRole', 'UpdateRole', 'UpdateRoleDescription', 'UpdateAssumeRolePolicy', 'PassRole',
  'TagRole', 'UntagRole', 'ListRoleTags', 'PutRolePolicy', 'DeleteRolePolicy', 'GetRolePolicy', 'ListRolePolicies',
  'AttachRolePolicy', 'DetachRolePolicy', 'ListAttachedRolePolicies', 'PutRolePermissionsBoundary',
].map((action) => `iam:${action}`);

/** What would make a role more powerful. */
const ROLE_CHANGES = [
  'AttachRolePolicy', 'DeleteRole', 'DeleteRolePolicy', 'DetachRolePolicy', 'PutRolePermissionsBoundary',
  'PutRolePolicy', 'UpdateAssumeRolePolicy',
].map((action) => `iam:${action}`);

const POLICY_CHANGES = ['CreatePolicyVersion', 'DeletePolicy', 'DeletePolicyVersion', 'SetDefaultPolicyVersion']
  .map((action) => `iam:${action}`);

const WHY_WILDCARDS =
  'The names that CloudFormation gives, and the identifiers of APIs and keys, are known only after their creation; '
  + 'the boundary denies whatever belongs to another stage.';

export interface StageSeparationProps extends StackProps {
  readonly stage: DeliveryStage;
  /** The other stages of the account. */
  readonly others: readonly DeliveryStage[];
}

/**
 * Keeps the stages of one account apart. The boundary holds for every role of the stage: for those by which it is
 * deployed and for those of its functions. So not even a changed template of one stage reaches another. A stack for
 * each stage, because together they would be too long to be deployed without a bucket, and there is none yet.
 */
export class StageSeparation extends Stack {
  constructor(scope: Construct, id: string, { stage, others, ...props }: StageSeparationProps) {
    super(scope, id, props);
    for (const other of others) refuseOverlap(stage.name, other.name);
    const policies = [boundary(this, stage, others), execution(this, stage)] as const;
    const [bounding, executing] = policies;
    new ManagedPolicy(this, 'Boundary', {
      managedPolicyName: boundaryName(stage.name),
      description: `What no role of the stage ${stage.name} may reach: every other stage, and its own limits`,
      statements: bounding,
    });
    new ManagedPolicy(this, 'Execution', {
      managedPolicyName: executionPolicyName(stage.name),
      description: `What CloudFormation may do for the stage ${stage.name}`,
      statements: executing,
    });
    acknowledge(this, Object.fromEntries(
      [...policies].flatMap((statements) => statements).flatMap((statement) => wildcards(this, statement))
        .map((rule) => [rule, WHY_WILDCARDS])));
  }
}

/** The names of one stage's resources must not match the patterns of another's. */
function refuseOverlap(name: string, other: string): void {
  if (!`-${name}-`.includes(`-${other}-`) && !`-${other}-`.includes(`-${name}-`)) return;
  throw new Error(
    `Keeping the stages ${name} and ${other} apart failed: one's name is a part of the other's, so that no rule can `
    + 'tell their resources apart. Rename one of them in .projenrc.ts and src/infra/stages.ts, then run npx projen.',
  );
}

function boundary(scope: Construct, stage: DeliveryStage, others: readonly DeliveryStage[]): PolicyStatement[] {
  const { account, partition } = Stack.of(scope);
  const policy = (name: string) => `arn:${partition}:iam::${account}:policy/${name}`;
  const role = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;
  const deny = (sid: string, actions: readonly string[], resources: readonly string[], conditions = {}) =>
    new PolicyStatement({ sid, effect: Effect.DENY, actions: [...actions], resources: [...resources], conditions });
  return [
    // A boundary allows nothing by itself: a role may do what both it and the role's own policies allow.
    new PolicyStatement({ sid: 'WhatTheRoleAllows', actions: ['*'], resources: ['*'] }),
    ...(others.length > 0
      ? [
        deny('OtherStagesByName', ['*'], others.flatMap(({ name }) => arnsOf(scope, name))),
        // What has no name of its own; CloudFormation tags what it makes.
        deny('OtherStagesByTag', ['*'], ['*'], {
          StringEquals: {
            'aws:ResourceTag/aws:cloudformation:stack-name': others.map(({ name }) => resourceNames(name).stack),
          },
        }),
      ]
      : []),
    deny('OwnLimits', POLICY_CHANGES, [policy(`${PRODUCT}-boundary-*`), policy(`${PRODUCT}-execution-*`)]),
    deny('RolesOfTheAccount', ROLE_CHANGES, [role('cdk-*'), role(`${PRODUCT}-deploy-*`), role(`${PRODUCT}-test-*`)]),
    deny('NoRoleWithoutBoundary', ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'], ['*'], {
      StringNotEquals: { 'iam:PermissionsBoundary': policy(boundaryName(stage.name)) },
    }),
    deny('NoWayOut', ['iam:DeleteRolePermissionsBoundary', 'iam:CreateUser', 'iam:CreateAccessKey'], ['*']),
  ];
}

/**
 * Everything that bears a stage's name; see resourceNames in src/core/names.ts. Written out by service, since IAM takes
 * no pattern for one.
 */
function arnsOf(scope: Construct, stage: string): readonly string[] {
  const { partition } = Stack.of(scope);
  const qualifier = qualifierOf(stage);
  const { stack } = resourceNames(stage);
  const named = `${PRODUCT}-*-${stage}`;
  return [
    ...[named, `${named}:*`].flatMap((name) => [
      `lambda:*:*:function:${name}`, `sns:*:*:${name}`, `logs:*:*:log-group:*${name}`,
    ]),
    ...[named, `${named}/*`].map((name) => `dynamodb:*:*:table/${name}`),
    `sqs:*:*:${named}`,
    `events:*:*:rule/${named}`,
    `cloudwatch:*:*:alarm:${named}`,
    `cloudwatch::*:dashboard/${stack}`,
    `codedeploy:*:*:application:${stack}`,
    `codedeploy:*:*:deploymentgroup:${stack}/*`,
    `cloudformation:*:*:stack/${stack}/*`,
    `cloudformation:*:*:stack/${named}/*`,
    // Names that CloudFormation gives, then the roles by which the pipeline comes in.
    `iam::*:role/${stack}-*`,
    `iam::*:role/${named}`,
    // AWS lengthens the name of a secret by six characters.
    `secretsmanager:*:*:secret:${PRODUCT}/*-${stage}-??????`,
    `iam::*:role/cdk-${qualifier}-*`,
    `s3:::cdk-${qualifier}-*`,
    `ssm:*:*:parameter/cdk-bootstrap/${qualifier}/*`,
  ].map((rest) => `arn:${partition}:${rest}`);
}

function execution(scope: Construct, stage: DeliveryStage): PolicyStatement[] {
  const { account, partition } = Stack.of(scope);
  const { stack } = resourceNames(stage.name);
  return [
    new PolicyStatement({
      sid: 'ResourcesOfTheStack',
      actions: SERVICES.map((service) => `${service}:*`),
      resources: ['*'],
    }),
    new PolicyStatement({
      sid: 'RolesOfTheStack',
      actions: ROLE_ACTIONS,
      resources: [`arn:${partition}:iam::${account}:role/${stack}-*`],
    }),
    new PolicyStatement({
      sid: 'RolesThatAwsMakesForItsServices',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`arn:${partition}:iam::${account}:role/aws-service-role/*`],
    }),
    new PolicyStatement({
      sid: 'ReadTheCode',
      actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetBucketLocation', 's3:ListBucket'],
      resources: ['', '/*'].map((rest) => `arn:${partition}:s3:::cdk-${qualifierOf(stage.name)}-assets-*${rest}`),
    }),
    new PolicyStatement({
      sid: 'ReadTheVersionOfTheSetUp',
      actions: ['ssm:GetParameter', 'ssm:GetParameters'],
      resources: [`arn:${partition}:ssm:*:${account}:parameter/cdk-bootstrap/${qualifierOf(stage.name)}/version`],
    }),
  ];
}

/** What cdk-nag would say of a statement's wildcards. */
function wildcards(scope: Construct, { actions, resources }: PolicyStatement): readonly string[] {
  const shown = resources.map((resource) => asNagShows(scope, resource));
  return [
    ...actions.filter((action) => action.includes('*')).map((action) => `IAM5[Action::${action}]`),
    ...shown.filter((resource) => resource.includes('*')).map((resource) => `IAM5[Resource::${resource}]`),
  ];
}

import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

/** One grant: exact actions on exact resources. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Why resources with `*` cannot be named one by one. */
  readonly whyWildcard?: string;
  /** IAM conditions by operator. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** By statement identifier (letters and digits), which says what the grant is for, here and in the deployed policy. */
export type Permissions = Readonly<Record<string, Permission>>;

export function policyDocument(permissions: Permissions): PolicyDocument {
  return new PolicyDocument({
    statements: Object.entries(permissions).map(([sid, { actions, resources, conditions }]) => new PolicyStatement({
      sid,
      effect: Effect.ALLOW,
      actions: [...actions],
      resources: [...resources],
      ...(conditions && { conditions }),
    })),
  });
}

/** Passes each wildcard that has a reason on to cdk-nag; one without stops the synthesis. */
export function acknowledgeWildcards(holder: Construct, permissions: Permissions): void {
  for (const { resources, whyWildcard } of Object.values(permissions)) {
    if (!whyWildcard) continue;
    for (const resource of resources) {
      acknowledge(holder, { [`IAM5[Resource::${asNagShows(holder, resource)}]`]: whyWildcard });
    }
  }
}

/**
 * A resource as cdk-nag writes it, `arn:<AWS::Partition>:…`: account and region stand for themselves where the
 * synthesis knows them.
 */
export function asNagShows(scope: Construct, arn: string): string {
  const resolved:
    string | { readonly 'Fn::Join': readonly [string, ReadonlyArray<string | { readonly Ref: string }>] } =
    Stack.of(scope).resolve(arn);
  if (typeof resolved === 'string') return resolved;
  const [separator, parts] = resolved['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join(separator);
}

/** One resource of a synthesised stack, its intrinsics resolved against the embedded cloud. */
export interface StackResource {
  readonly logicalId: string;
  /** CloudFormation type, for example `AWS::SQS::Queue`. */
  readonly type: string;
  /** All `Ref`, `Fn::…` and pseudo parameters are resolved to plain values. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What `Ref` gives for it in AWS: a name, URL, id or ARN, depending on the type. */
  readonly reference: string;
  /** Undefined for types that have none. */
  readonly arn?: string;
  /** The physical name (of a table, queue, function, role…) or id; generated where the template gives none. */
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A synthesised stack as the embedded cloud starts it. */
export interface StackTemplate {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly resources: readonly StackResource[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Resources of a type, in the template's order. */
  ofType(type: string): readonly StackResource[];
  /** The resource of a logical id; throws a sentence that names the id where there is none. */
  byLogicalId(logicalId: string): StackResource;
  /** Absolute folder of a function's bundled code. */
  codeFolder(functionResource: StackResource): string;
}

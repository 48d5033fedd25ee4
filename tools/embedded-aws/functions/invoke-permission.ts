import { z } from 'zod';
import { matchesWildcard } from '../permissions/wildcard-pattern';
import type { StackTemplate } from '../template/stack-template';
import { functionNameOf } from './function-arn';
import { readProperties } from './resource-properties';

const shape = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceAccount: z.string().optional(),
  SourceArn: z.string().optional(),
});

/** Whether a service may invoke a function on behalf of one of its resources. */
export type InvokePermissions = (service: string, functionArn: string, sourceArn: string) => boolean;

/** The resource policies that a stack's `AWS::Lambda::Permission` resources add to its functions. */
export function invokePermissions(template: StackTemplate): InvokePermissions {
  const granted = template.ofType('AWS::Lambda::Permission').map((resource) => {
    const properties = readProperties(resource, shape);
    return { ...properties, target: functionNameOf(properties.FunctionName) };
  });
  return (service, functionArn, sourceArn) => {
    const invoked = functionNameOf(functionArn);
    return granted.some((permission) => ['lambda:InvokeFunction', 'lambda:*'].includes(permission.Action)
      && permission.Principal === service
      // A permission on the function does not reach its aliases, nor the other way round.
      && permission.target.name === invoked.name && permission.target.qualifier === invoked.qualifier
      && (permission.SourceAccount ?? template.account) === template.account
      && matchesWildcard(permission.SourceArn ?? '*', sourceArn));
  };
}

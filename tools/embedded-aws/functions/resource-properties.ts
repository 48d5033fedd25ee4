import type { z } from 'zod';
import type { StackResource } from '../template/stack-template';

/**
 * A resource's properties in the shape that the embedded cloud understands. What it does not understand is an error
 * that names it: a property that were silently skipped would hold in AWS and not here.
 */
export function readProperties<Shape>(resource: StackResource, shape: z.ZodType<Shape>): Shape {
  const read = shape.safeParse(resource.properties);
  if (read.success) return read.data;
  const faults = read.error.issues
    .map((issue) => `${issue.path.join('.') || 'properties'}: ${issue.message}`)
    .join('; ');
  throw new Error(`Starting ${resource.type} ${resource.logicalId} failed: ${faults}. `
    + 'Change the stack, or add to tools/embedded-aws what this property does in AWS.');
}

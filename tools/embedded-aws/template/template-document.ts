import { z } from 'zod';

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
});

const parameter = z.object({ Type: z.string(), Default: z.union([z.string(), z.number()]).optional() });
const output = z.object({ Value: z.unknown(), Condition: z.string().optional() });

/** A CloudFormation template as CDK writes it. `Rules` are left out: they check the account that is deployed to. */
const templateDocument = z.object({
  Parameters: z.record(z.string(), parameter).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), output).default({}),
  Transform: z.unknown().optional(),
});

export type TemplateDocument = z.infer<typeof templateDocument>;

export function parseTemplate(text: string, file: string): TemplateDocument {
  const parsed = templateDocument.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new Error(
      `The template ${file} cannot be read: ${z.prettifyError(parsed.error)}. Synthesise the stack again.`,
    );
  }
  if (parsed.data.Transform !== undefined) {
    throw new Error(
      `The template ${file} asks for the transform ${JSON.stringify(parsed.data.Transform)}, which only `
        + 'CloudFormation can run: take it out of the stack.',
    );
  }
  return parsed.data;
}

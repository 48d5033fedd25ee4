import * as z from 'zod/mini';
import { CHANNELS } from '../core/channel';
import { ANSWER_TYPES } from '../core/company/expected-answer';
import { COPY_FORMATS } from '../core/channels/template-base';

const text = z.string();
const count = z.number().check(z.int(), z.nonnegative());

/** The answer to `GET /templates`: what each template of the key's projects needs. */
export const templatesAnswerSchema = z.object({
  status: z.literal('success'),
  company_id: text,
  templates: z.array(
    z.object({
      project_id: text,
      channel_method: z.enum(CHANNELS),
      name: text,
      version: count,
      language: text,
      /** Dotted paths of facts without which a request is refused. */
      needs: z.array(text),
      on_fallback: z.enum(['send', 'review', 'fail']),
      variables: z.array(
        z.object({
          name: text,
          description: text,
          max_length: count,
          required: z.boolean(),
          /** The fact that the variable copies; null where the model writes it. */
          copy_of: z.nullable(text),
          /** How the copied fact is written; null where it is written as it was sent. */
          format: z.nullable(z.enum(COPY_FORMATS)),
          /** The facts that the model may use; null where it may use all. */
          facts: z.nullable(z.array(text)),
          has_fallback: z.boolean(),
        }),
      ),
      /** What the message asks of its recipient; empty where it expects nothing. */
      answers: z.array(
        z.object({
          name: text,
          question: text,
          type: z.enum(ANSWER_TYPES),
          /** Null where the type is not `choice`. */
          choices: z.nullable(z.array(text)),
          required: z.boolean(),
        }),
      ),
    }),
  ),
});

export type TemplatesAnswer = z.infer<typeof templatesAnswerSchema>;

import * as z from 'zod/mini';

/**
 * Where `cdk.json` keeps what the delivery pipeline's typed options say, so that the bootstrap stack needs no list of
 * its own.
 */
export const DELIVERY_CONTEXT = 'delivery';

const digits = z.string().check(z.regex(/^\d+$/));

const repository = z.strictObject({
  owner: z.string().check(z.regex(/^[A-Za-z0-9-]+$/)),
  name: z.string().check(z.regex(/^[A-Za-z0-9._-]+$/)),
  /**
   * GitHub's numeric ids. Repositories created or renamed since 15 July 2026, and those that opted in, carry them in
   * the identity token's subject
   * (https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/).
   */
  ids: z.optional(z.strictObject({ owner: digits, repository: digits })),
  /**
   * Which subjects the roles trust: by names, by identifiers, or by both while a repository changes from one to the
   * other. By identifiers unless said otherwise, if they are given.
   */
  subjects: z.optional(z.enum(['names', 'ids', 'both'])),
});

const stage = z.strictObject({
  name: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/)),
  environment: z.string().check(z.minLength(1)),
  testEnvironment: z.string().check(z.minLength(1)),
  region: z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/)),
  writesTestData: z.boolean(),
});

const delivery = z.strictObject({ repository, stages: z.array(stage).check(z.minLength(1)) });

export type DeliveryContext = z.infer<typeof delivery>;
export type DeliveryStage = z.infer<typeof stage>;
export type RepositoryIdentity = z.infer<typeof repository>;

export function parseDeliveryContext(value: unknown): DeliveryContext {
  const parsed = delivery.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(
    `Reading "${DELIVERY_CONTEXT}" from cdk.json failed: ${z.prettifyError(parsed.error)}. Run npx projen in the `
      + `project's folder, then try again.`,
  );
}

/** The names of the stages that the pipeline delivers to; none where there are no options of it. */
export function deliveryStages(context: unknown): readonly string[] {
  return context === undefined ? [] : parseDeliveryContext(context).stages.map(({ name }) => name);
}

/** The region that the pipeline's options give a stage; undefined where there are none, or none of it. */
export function deliveryRegion(context: unknown, stageName: string): string | undefined {
  return context === undefined
    ? undefined
    : parseDeliveryContext(context).stages.find(({ name }) => name === stageName)?.region;
}

/**
 * Where people who are woken by an alarm find the runbook: on GitHub, on the default branch, or, where no repository is
 * known, by its path.
 */
export function runbookAddress(context: unknown): string {
  const path = 'docs/runbook.md';
  if (context === undefined) return path;
  const { repository: { owner, name } } = parseDeliveryContext(context);
  return `https://github.com/${owner}/${name}/blob/HEAD/${path}`;
}

import type { Channel } from '../../core/channel';
import type { FindingRemedy } from '../../core/ports/vendor-accounts';

/** Whose finding it is: what its remedy needs beside it. */
export interface FindingContext {
  readonly company?: string;
  readonly project?: string;
  readonly channel?: Channel;
}

/** The words of the command that mends a finding; undefined where it is not known for whom. */
export function remedyOf(
  remedy: FindingRemedy, { company, project, channel }: FindingContext,
): readonly string[] | undefined {
  const ofChannel = channel === undefined ? undefined : ['--channel', channel];
  if (remedy === 'store_model_key') return ofChannel && ['secret', 'set', 'model', ...ofChannel];
  if (company === undefined || project === undefined) return undefined;
  switch (remedy) {
    case 'store_credentials':
      return ofChannel && ['secret', 'set', 'credentials', company, project, ...ofChannel];
    case 'set_template':
      return ofChannel && ['template', 'show', company, project, ...ofChannel];
    case 'show_cards':
      return ['card', 'show', company, project];
    case 'apply_record':
      return ['company', 'show', company, project, '--yaml'];
    case 'dry_run':
      return ['dry-run', '--help'];
  }
}

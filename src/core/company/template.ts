import type { Channel, FilledTextsOf, Templates } from '../channel';
import type { TemplateBase, TemplateVariable } from '../channels/template-base';
import { TIMES } from '../lifecycle/limits';

export type Template = Templates[Channel];

/** A template together with its channel. */
export type ChannelTemplate<Known extends Channel = Channel> = {
  readonly [One in Known]: { readonly channel: One; readonly template: Templates[One] };
}[Known];

/** The final words, ready to hand to a vendor; the fields of the template that only the vendor reads go with them. */
export type FilledMessage<Known extends Channel = Channel> = {
  readonly [One in Known]: FilledTextsOf[One] & { readonly channel: One };
}[Known];

/** What a model writes; where there is none, every value is copied and no model is asked. */
export function writtenVariables({ variables }: Pick<TemplateBase, 'variables'>): readonly TemplateVariable[] {
  return Object.values(variables).filter(({ copy_of: path }) => path === undefined);
}

/** Milliseconds after acceptance in which a message may be sent. */
export function validityOf({ valid_for_minutes: minutes }: Pick<TemplateBase, 'valid_for_minutes'>): number {
  return minutes === undefined ? TIMES.validFor : minutes * 60_000;
}

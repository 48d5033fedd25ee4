import type { NewIdentifier } from '../core/identity';
import type { Clock } from '../core/ports/clock';
import type { LanguageModel } from '../core/ports/language-model';
import type { SecretStore } from '../core/ports/secret-store';
import type { OpenConversations, RequestLimits } from '../core/usage/request-limits';
import type { AdmissionPorts } from '../router/admit-call';

/** Every way in which a dry run touches the outside: it sends nothing, and stores nothing but what it counts. */
export interface DryRunPorts extends AdmissionPorts {
  readonly limits: Pick<RequestLimits, 'take'>;
  readonly usage: OpenConversations;
  readonly secrets: Pick<SecretStore, 'read'>;
  readonly model: LanguageModel;
  readonly clock: Clock;
  readonly newIdentifier: NewIdentifier;
}

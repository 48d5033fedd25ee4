import type { StackResource, StackTemplate } from '../template/stack-template';
import type { AccessNeed } from './access-need';
import type { Decision } from './decision';
import { decide } from './decision';
import type { GrantUse } from './grant-use';
import { GrantLedger } from './grant-use';
import { KeyUse } from './key-use';
import type { PolicyStatement } from './policy-statement';
import { resourcePolicies, rolePolicies } from './stack-policies';

/** `message` is the sentence that AWS answers with. */
export type Authorization = { readonly allowed: true } | { readonly allowed: false; readonly message: string };

/** A role that a caller acts in: the session's name is the function's name, or the service's choice. */
export interface RoleSession {
  readonly roleArn: string;
  readonly sessionName: string;
}

/** Evaluates the permissions of the template's roles and remembers which grants were needed. */
export class Permissions {
  private readonly roles = new Map<
    string,
    { readonly name: string; readonly statements: readonly PolicyStatement[] }
  >();
  private readonly ofResources: ReadonlyMap<string, readonly PolicyStatement[]>;
  private readonly keyUse: KeyUse;
  private readonly ledger = new GrantLedger();

  constructor(private readonly template: StackTemplate) {
    this.ofResources = resourcePolicies(template);
    this.keyUse = new KeyUse(template);
  }

  /**
   * Reads a role's policies now, so that what cannot be evaluated is refused at the start; its grants are listed from
   * here on.
   */
  admit(roleArn: string, holder: string): void {
    if (this.roles.has(roleArn)) return;
    const role = this.template.ofType('AWS::IAM::Role').find((resource) => resource.arn === roleArn);
    if (!role) {
      throw new Error(
        `${holder} acts in the role ${roleArn}, which is not in the stack: the embedded cloud cannot know what it `
          + 'may do.',
      );
    }
    const statements = rolePolicies(this.template, role);
    this.roles.set(roleArn, { name: role.name, statements });
    this.ledger.open(role.logicalId, statements);
  }

  /** Allowed only if every need is. */
  authorize(session: RoleSession, needs: readonly AccessNeed[]): Authorization {
    for (const need of needs.flatMap((one) => [one, ...this.keyUse.furtherNeeds(one, this.template.region)])) {
      const decision = this.decide(session, need);
      if (!decision.allowed) return { allowed: false, message: this.refusal(session, need, decision.because) };
      for (const statement of decision.by) this.ledger.record(statement, need.action, need.resource);
    }
    return { allowed: true };
  }

  /** Whether an AWS service may act on a resource in its own name, for example SNS on a queue. */
  serviceMay(service: string, action: string, resource: StackResource, sourceArn: string): boolean {
    const context = this.context({
      action,
      resource: '',
      conditionKeys: { 'aws:SourceArn': [sourceArn], 'aws:SourceAccount': [this.template.account] },
    });
    const request = {
      principal: { kind: 'service', name: service },
      action,
      resource: resource.arn ?? '',
      context,
    } as const;
    return decide(request, [], this.ofResources.get(resource.arn ?? '') ?? []).allowed;
  }

  grantUse(): readonly GrantUse[] {
    return this.ledger.use();
  }

  private decide(session: RoleSession, need: AccessNeed): Decision {
    const role = this.roles.get(session.roleArn);
    const principal = { kind: 'role', arn: session.roleArn, account: this.template.account } as const;
    const ofResource = this.ofResources.get(need.resource.replace(/\/index\/.*$/, '')) ?? [];
    const context = this.context({
      ...need,
      conditionKeys: { ...need.conditionKeys, 'aws:PrincipalArn': [session.roleArn] },
    });
    return decide(
      { principal, action: need.action, resource: need.resource, context },
      role?.statements ?? [],
      ofResource,
    );
  }

  /** Calls count as made over TLS, which is how the deployed functions make them. */
  private context(need: AccessNeed): ReadonlyMap<string, readonly string[]> {
    const { account, region } = this.template;
    const values = {
      'aws:SecureTransport': ['true'],
      'aws:RequestedRegion': [region],
      'aws:PrincipalAccount': [account],
      'aws:ResourceAccount': [account],
      'aws:ViaAWSService': ['false'],
      'kms:CallerAccount': [account],
      ...need.conditionKeys,
    };
    return new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  }

  private refusal(
    session: RoleSession,
    need: AccessNeed,
    because: 'no-allow' | 'identity-deny' | 'resource-deny',
  ): string {
    const role = this.roles.get(session.roleArn)?.name ?? session.roleArn;
    const action = need.shownAction ?? need.action;
    const resource = need.resource === '*' ? '' : ` on resource: ${need.shownResource ?? need.resource}`;
    const user = `arn:aws:sts::${this.template.account}:assumed-role/${role}/${session.sessionName}`;
    const reason = {
      'no-allow': `because no identity-based policy allows the ${action} action`,
      'identity-deny': 'with an explicit deny in an identity-based policy',
      'resource-deny': 'with an explicit deny in a resource-based policy',
    }[because];
    return `User: ${user} is not authorized to perform: ${action}${resource} ${reason}`;
  }
}

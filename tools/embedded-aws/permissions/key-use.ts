import { isJsonObject } from '../template/json-object';
import type { StackResource, StackTemplate } from '../template/stack-template';
import type { AccessNeed } from './access-need';

/**
 * What a call to an encrypted resource also needs of the key. Source: the services' pages on encryption at rest with
 * customer managed keys.
 */
const KEY_ACTIONS: ReadonlyArray<{ readonly actions: RegExp; readonly needs: readonly string[] }> = [
  {
    actions: /^(sqs:SendMessage|sns:Publish|secretsmanager:(CreateSecret|PutSecretValue|UpdateSecret))$/,
    needs: ['kms:GenerateDataKey', 'kms:Decrypt'],
  },
  {
    actions: /^(sqs:ReceiveMessage|secretsmanager:GetSecretValue|dynamodb:.+(Item|Items)|dynamodb:(Query|Scan))$/,
    needs: ['kms:Decrypt'],
  },
];

/**
 * Finds the stack's own KMS keys behind its resources. Keys that AWS manages need no permission. A key's own policy is
 * taken to let the account's policies decide, as CDK writes it.
 */
export class KeyUse {
  private readonly keyByResource = new Map<string, string>();

  constructor(template: StackTemplate) {
    const keys = new Map<string, string>();
    for (const { arn, reference } of template.ofType('AWS::KMS::Key')) {
      for (const name of [arn, reference]) keys.set(name ?? '', arn ?? '');
    }
    for (const { name, arn, properties } of template.ofType('AWS::KMS::Alias')) {
      for (const alias of [name, arn ?? '']) keys.set(alias, keys.get(String(properties.TargetKeyId)) ?? '');
    }
    for (const resource of template.resources) {
      const key = keys.get(keyNameOf(resource) ?? '');
      if (key && resource.arn) this.keyByResource.set(resource.arn, key);
    }
  }

  /** The needs that a call has beside its own. */
  furtherNeeds({ action, resource }: AccessNeed, region: string): readonly AccessNeed[] {
    const key = this.keyByResource.get(resource.replace(/\/index\/.*$/, ''));
    if (!key) return [];
    const service = action.split(':')[0] ?? '';
    return KEY_ACTIONS.filter(({ actions }) => actions.test(action)).flatMap(({ needs }) => needs).map((need) => ({
      action: need, resource: key, conditionKeys: { 'kms:ViaService': [`${service}.${region}.amazonaws.com`] },
    }));
  }
}

function keyNameOf({ properties }: StackResource): string | undefined {
  const table = properties.SSESpecification;
  const name =
    properties.KmsMasterKeyId ?? properties.KmsKeyId ?? (isJsonObject(table) ? table.KMSMasterKeyId : undefined);
  return typeof name === 'string' ? name : undefined;
}

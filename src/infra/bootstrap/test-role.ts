import type { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { asNagShows } from '../permissions';
import type { DeliveryStage } from './delivery-context';
import { testRoleName } from './role-names';
import { testPermissions } from './test-permissions';

const REASON =
  'Descriptions and lists have no narrower resource, and identifiers of APIs and stacks are known only after their '
    + 'creation; what could reveal or change a record names its table, and writing is bound to keys of test data.';

/** Looks at a deployed stage for its tests and for the nightly checks. */
export class TestRole extends Construct {
  constructor(scope: Construct, id: string, stage: DeliveryStage, trusted: IPrincipal) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      roleName: testRoleName(stage.name),
      description: `Tests and nightly checks of the stage ${stage.name} from GitHub Actions`,
      assumedBy: trusted,
    });
    const statements = testPermissions(this, stage);
    for (const statement of statements) role.addToPolicy(statement);
    acknowledge(
      this,
      Object.fromEntries(
        statements
          .flatMap((statement) => this.wildcards(statement))
          .map((resource) => [`IAM5[Resource::${resource}]`, REASON]),
      ),
    );
  }

  /** Resources with a wildcard, as cdk-nag writes them. */
  private wildcards(statement: PolicyStatement): readonly string[] {
    return statement.resources.filter((resource) => resource.includes('*')).map((resource) => asNagShows(this, resource));
  }
}

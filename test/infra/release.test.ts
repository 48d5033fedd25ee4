import { functionBehind, namesOf, resourcesOf, templateOf } from './template';

const PACE = { dev: 'CodeDeployDefault.LambdaAllAtOnce', prod: 'CodeDeployDefault.LambdaCanary10Percent5Minutes' };

describe.each(['dev', 'prod'] as const)('a release of %s', (stage) => {
  const template = templateOf(stage);
  const aliases = Object.entries(resourcesOf(template, 'AWS::Lambda::Alias'));
  const resource = (reference: { readonly Ref: string }) => template.Resources[reference.Ref];

  test('gives calls to a new version of each function as its settings say', () => {
    expect(aliases.map(([logicalId]) => functionBehind(template, { Ref: logicalId })).sort()).toEqual(
      namesOf(template, 'AWS::Lambda::Function', 'FunctionName'),
    );
    for (const [, alias] of aliases) {
      const update = JSON.parse(JSON.stringify(alias)).UpdatePolicy.CodeDeployLambdaAliasUpdate;
      expect(resource(update.DeploymentGroupName)?.Properties).toMatchObject({
        DeploymentConfigName: PACE[stage],
        AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
      });
    }
  });

  test('is watched by an alarm about the new version alone, so that none about the old one stops what mends it', () => {
    for (const [, alias] of aliases) {
      const update = JSON.parse(JSON.stringify(alias)).UpdatePolicy.CodeDeployLambdaAliasUpdate;
      const { Alarms: watching, Enabled } = resource(update.DeploymentGroupName)?.Properties.AlarmConfiguration ?? {};
      expect([Enabled, watching.length]).toEqual([true, 1]);
      const alarm = resource(watching[0].Name)?.Properties;
      const dimensions: ReadonlyArray<{ readonly Name: string; readonly Value: unknown }> = alarm?.Dimensions ?? [];
      expect(Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]))).toMatchObject({
        FunctionName: alias.Properties.FunctionName, ExecutedVersion: alias.Properties.FunctionVersion,
      });
    }
  });

  test('never calls a function past its alias: neither the API, nor a queue, nor the schedule', () => {
    const permissions = Object.values(resourcesOf(template, 'AWS::Lambda::Permission')).map(({ Properties }) =>
      functionBehind(template, Properties.FunctionName),
    );
    const mappings = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping')).map(({ Properties }) =>
      functionBehind(template, Properties.FunctionName),
    );
    const [rule] = Object.values(resourcesOf(template, 'AWS::Events::Rule'));
    expect([...permissions, ...mappings, functionBehind(template, rule?.Properties.Targets[0].Arn)]).not.toContain(
      undefined,
    );
    expect(permissions.length).toBeGreaterThan(4);
    expect(mappings).toHaveLength(6);
  });
});

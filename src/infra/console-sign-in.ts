import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { ENV_VARS } from '../core/env-vars';
import { PRODUCT, resourceNames } from '../core/names';
import { acknowledge } from './acknowledge';
import type { Variables } from './engine-lambda';
import type { ConsoleSettings, StageSettings } from './stages';

export interface SignIn {
  readonly variables: Variables;
  /** Of a provider that asks for one. */
  readonly clientSecretName?: string;
}

/** Where a group of Cognito stands in a token. */
const COGNITO_GROUPS = 'cognito:groups';

/** As long as a session may last (src/console-api/session/session-limits.ts). */
const SESSION = Duration.hours(12);

/** How people sign in: with the provider that the settings name, otherwise with a user pool of the stack. */
export function signInOf(scope: Construct, stage: StageSettings, settings: ConsoleSettings, url: string): SignIn {
  if (settings.oidc) {
    const { issuer, clientId, clientSecretName = '', rolesClaim, roleMap = {} } = settings.oidc;
    return {
      clientSecretName: clientSecretName || undefined,
      variables: variablesOf({ issuer, clientId, clientSecretName, rolesClaim, roleMap: JSON.stringify(roleMap) }),
    };
  }
  const { issuer, clientId } = new People(scope, 'People', stage, url);
  return {
    variables: variablesOf({ issuer, clientId, clientSecretName: '', rolesClaim: COGNITO_GROUPS, roleMap: '{}' }),
  };
}

function variablesOf(
  values: Readonly<Record<'issuer' | 'clientId' | 'clientSecretName' | 'rolesClaim' | 'roleMap', string>>,
): Variables {
  return {
    [ENV_VARS.consoleIssuer]: values.issuer,
    [ENV_VARS.consoleClientId]: values.clientId,
    [ENV_VARS.consoleClientSecret]: values.clientSecretName,
    [ENV_VARS.consoleRolesClaim]: values.rolesClaim,
    [ENV_VARS.consoleRoleMap]: values.roleMap,
    // Only the loopback addresses of one machine may be called without TLS; the local stage says so.
    [ENV_VARS.consoleHttp]: '',
  };
}

/** The stack's own people: none can sign themselves up, and each needs a second factor. */
class People extends Construct {
  readonly issuer: string;
  readonly clientId: string;

  constructor(scope: Construct, id: string, stage: StageSettings, url: string) {
    super(scope, id);
    const pool = this.pool(stage);
    const client = pool.addClient('Page', {
      userPoolClientName: resourceNames(stage.name).console,
      // The function is public in OAuth's words: PKCE protects the code, and no secret has to be rotated.
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.minutes(5),
      refreshTokenValidity: SESSION,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [`${url}/sign-in/callback`],
        logoutUrls: [`${url}/`],
      },
    });
    pool.addDomain('SignIn', {
      // Unique in a region of all accounts.
      cognitoDomain: { domainPrefix: `${PRODUCT}-${stage.name}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Without it the newer sign-in pages are not served.
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    const { region, urlSuffix } = Stack.of(this);
    this.issuer = `https://cognito-idp.${region}.${urlSuffix}/${pool.userPoolId}`;
    this.clientId = client.userPoolClientId;
  }

  private pool(stage: StageSettings): UserPool {
    const pool = new UserPool(this, 'Pool', {
      userPoolName: resourceNames(stage.name).console,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      // The newer sign-in pages need it.
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: stage.guarded,
      removalPolicy: stage.guarded ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(pool, {
      COG3:
        'Threat protection needs the plan Plus, ten times the price for each person; a second factor is required, and ' +
        'nobody can sign themselves up. Take the plan where it is wanted.',
      COG8: 'See COG3: the plan Essentials has what the sign-in needs.',
    });
    return pool;
  }
}

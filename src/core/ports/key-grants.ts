import type { Timestamp } from './clock';
import type { KeyGrant } from './directory';

/** An API key's grant as the people who manage keys see it. */
export interface KeptGrant extends KeyGrant {
  /** SHA-256 of the key, hex. */
  readonly hash: string;
  readonly label?: string;
  readonly created_by?: string;
  /** Of the key at API Gateway, while it is there. */
  readonly api_key_id?: string;
  /** Set until the key can be used: its maker never saw it if this stays. */
  readonly unfinished?: boolean;
  /** Hash of the key that this one follows. */
  readonly replaces?: string;
}

/** The port to the grants of API keys. */
export interface KeyGrants {
  find(hash: string): Promise<KeptGrant | undefined>;
  /** A company's grants, oldest first. */
  list(companyId: string): Promise<readonly KeptGrant[]>;
  /** False if the key has a grant already. */
  add(grant: KeptGrant): Promise<boolean>;
  /** The key is at API Gateway and may be used. */
  finish(hash: string, apiKeyId: string): Promise<void>;
  expire(hash: string, at: Timestamp): Promise<void>;
  /** From here on no request with the key is taken. The first moment stays. */
  revoke(hash: string, at: Timestamp): Promise<void>;
  /** The key is no longer at API Gateway. */
  forgetGatewayKey(hash: string): Promise<void>;
  removeUnfinished(hash: string): Promise<void>;
}

/** A key as API Gateway keeps it. */
export interface GatewayKey {
  readonly id: string;
  readonly value: string;
}

/** The port to the keys of the stage's usage plan at API Gateway. A key opens nothing before the plan holds it. */
export interface GatewayKeys {
  /** The new key's identifier. */
  create(name: string, value: string): Promise<string>;
  /** Puts a key into the usage plan; one that is in it already stays. */
  attach(keyId: string): Promise<void>;
  /** A key that is gone already is as it should be. */
  remove(keyId: string): Promise<void>;
  /** Undefined if API Gateway has no such key. */
  read(keyId: string): Promise<GatewayKey | undefined>;
  /** Identifiers of the keys with exactly this name. */
  withName(name: string): Promise<readonly string[]>;
  /** Undefined if there is no such plan in this account and region. */
  planId(): Promise<string | undefined>;
}

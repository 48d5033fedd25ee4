import { sha256 } from '../sha256';

/** 128 bits in hex: nobody guesses one, and letter case, which mail systems may change, carries nothing. */
const TOKEN_DIGITS = 32;

const REPLY_ADDRESS = /^reply\+([0-9a-f]{32})@(.+)$/;

/**
 * The token of the address that replies to an attempt's mail go to. It follows from the attempt's identifier, which is
 * random, so that whatever knows the attempt finds the token: erasure needs no list of its own.
 */
export function replyToken(attemptId: string): string {
  return sha256(`reply-address:${attemptId}`).slice(0, TOKEN_DIGITS);
}

/**
 * Ends the address at which the recipient of an attempt's mail opts out. The first half finds the mail; the second is
 * in no reply address, so that who is copied on a reply cannot opt its writer out.
 */
export function unsubscribeToken(attemptId: string): string {
  return replyToken(attemptId) + sha256(`unsubscribe:${attemptId}`).slice(0, TOKEN_DIGITS);
}

/** The reply token that an unsubscribe token begins with; undefined if the text is not of that form. */
export function replyTokenOf(unsubscribe: string): string | undefined {
  return /^[0-9a-f]{64}$/.test(unsubscribe) ? unsubscribe.slice(0, TOKEN_DIGITS) : undefined;
}

export function formatReplyAddress(token: string, inboundDomain: string): string {
  return `reply+${token}@${inboundDomain}`;
}

/** The token of a reply address at any domain, in any letter case; undefined for any other address. */
export function parseReplyAddress(address: string): string | undefined {
  return REPLY_ADDRESS.exec(address.trim().toLowerCase())?.[1];
}

import type { FailureReason } from '../core/failure';
import type { RetryRule } from '../core/provider';

/** What a vendor's code means for a message that was certainly not delivered, then for the operator: what happened, and what to do next. */
export type VendorCode = readonly [reason: FailureReason, retry: RetryRule, cause: string, action: string];

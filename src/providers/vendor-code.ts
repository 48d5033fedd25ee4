import type { FailureReason } from '../core/lifecycle/failure';
import type { RetryRule } from '../core/ports/provider';

/** What a vendor's code means for a message that was certainly not delivered, then for the operator: what happened, and what to do next. */
export type VendorCode = readonly [reason: FailureReason, retry: RetryRule, cause: string, action: string];

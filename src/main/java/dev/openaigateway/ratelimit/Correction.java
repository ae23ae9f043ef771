package dev.openaigateway.ratelimit;

/**
 * A correction of one charge.
 *
 * @param bucket the second that was charged
 * @param delta  below 0: given back to the bucket that was charged, if that is still in the window; above 0: charged now
 */
record Correction(String scope, long bucket, long delta) {

    Correction plus(long more) {
        return new Correction(scope, bucket, delta + more);
    }
}

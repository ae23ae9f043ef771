package dev.openaigateway.ratelimit;

/**
 * A correction of one charge.
 *
 * @param bucket the bucket (second since 1970) that was charged
 * @param delta  if negative, returned to that bucket, provided it is still in the window; if positive, charged now
 */
record Correction(String scope, long bucket, long delta) {

    Correction plus(long more) {
        return new Correction(scope, bucket, delta + more);
    }
}

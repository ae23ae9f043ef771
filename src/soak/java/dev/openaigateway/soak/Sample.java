package dev.openaigateway.soak;

import java.io.IOException;
import java.util.List;

/** What a gateway without running requests holds. */
record Sample(long heap, int descriptors, int threads, int redisKeys, int metricLines) {

    static Sample of(SoakGateway gateway, int redisKeys) throws IOException {
        List<String> metrics = gateway.metrics();
        return new Sample(gateway.liveBytes(), gateway.descriptors(), gateway.threads(), redisKeys, metrics.size());
    }

    /** The largest value of each column. */
    static Sample largest(List<Sample> samples) {
        return samples.stream().reduce((a, b) -> new Sample(Math.max(a.heap, b.heap), Math.max(a.descriptors, b.descriptors),
                Math.max(a.threads, b.threads), Math.max(a.redisKeys, b.redisKeys), Math.max(a.metricLines, b.metricLines))).orElseThrow();
    }

    @Override
    public String toString() {
        return "heap %.1f MB, descriptors %d, threads %d, Redis keys %d, metric lines %d".formatted(
                heap / 1e6, descriptors, threads, redisKeys, metricLines);
    }
}

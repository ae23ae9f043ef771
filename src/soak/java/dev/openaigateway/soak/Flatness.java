package dev.openaigateway.soak;

import java.util.ArrayList;
import java.util.List;

/** Compares the last third of the samples with the two before it. */
final class Flatness {

    private final List<String> growth = new ArrayList<>();

    private Flatness() {
    }

    /** What has grown in the last third beyond its largest value before, each in words. */
    static List<String> growth(List<Sample> samples) {
        int last = samples.size() - samples.size() / 3;
        Sample before = Sample.largest(samples.subList(0, last));
        Sample after = Sample.largest(samples.subList(last, samples.size()));
        Flatness flatness = new Flatness();
        flatness.compare("heap after collection", before.heap(), after.heap(), before.heap() / 20 + 2_000_000);
        flatness.compare("descriptors", before.descriptors(), after.descriptors(), 10);
        flatness.compare("threads", before.threads(), after.threads(), 3);
        flatness.compare("Redis keys", before.redisKeys(), after.redisKeys(), 3);
        flatness.compare("metric lines", before.metricLines(), after.metricLines(), 10);
        return flatness.growth;
    }

    private void compare(String what, long before, long after, long tolerance) {
        if (after > before + tolerance) {
            growth.add(what + " grew from " + before + " to " + after);
        }
    }
}

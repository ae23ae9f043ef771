package dev.openaigateway.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How requests ended, by kind, and the ends that are defects. Thread-safe. */
final class Tally {

    private static final int KEPT = 20;

    private final Map<Kind, Map<String, Integer>> ends = new TreeMap<>();
    private final List<String> defects = new ArrayList<>();
    private int defectCount;

    synchronized void ended(Kind kind, String end) {
        ends.computeIfAbsent(kind, none -> new TreeMap<>()).merge(end, 1, Integer::sum);
    }

    synchronized void defect(String what) {
        defectCount++;
        if (defects.size() < KEPT) {
            defects.add(what);
        }
    }

    /** The first defects, and how many more there were. */
    synchronized List<String> defects() {
        List<String> all = new ArrayList<>(defects);
        if (defectCount > KEPT) {
            all.add("and " + (defectCount - KEPT) + " more");
        }
        return all;
    }

    synchronized void print() {
        ends.forEach((kind, counts) -> System.out.printf("%-12s %s%n", kind, counts));
    }
}

package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weighted rendezvous hashing: the order of candidates for a key depends only on the key, their names and their weights. If a
 * candidate is missing, only its keys move. Each gateway computes the same order.
 */
final class RendezvousHash {

    private RendezvousHash() {
    }

    /** Highest score first; each candidate is first for its share of the keys. Those with weight 0 are last. */
    static List<Candidate> order(List<Candidate> candidates, long key) {
        Map<Candidate, Double> scores = new HashMap<>();
        candidates.forEach(candidate -> scores.put(candidate, score(candidate, key)));
        List<Candidate> order = new ArrayList<>(candidates);
        order.sort(Comparator.<Candidate>comparingDouble(scores::get).reversed());
        return order;
    }

    private static double score(Candidate candidate, long key) {
        long bits = mix(key ^ hash(candidate.instance().name())) >>> 11;
        double share = (bits + 0.5) / (1L << 53);
        return -candidate.weight() / Math.log(share);
    }

    /** FNV-1a, 64 bits. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** Spreads the bits, as in SplitMix64. */
    static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}

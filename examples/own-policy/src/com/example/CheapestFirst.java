package com.example;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;

/** Orders by price, cheapest first. The price is in a tag of the instance, such as {@code price-250}; without one it is last. */
public final class CheapestFirst implements Policy {

    private String prefix = "price-";

    /** The start of the tag that holds the price. */
    public void setPrefix(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return candidates.stream().sorted(Comparator.comparingInt(this::price)).toList();
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return "price " + price(candidate);
    }

    private int price(Candidate candidate) {
        return candidate.instance().settings().tags().stream().filter(tag -> tag.startsWith(prefix))
                .mapToInt(tag -> Integer.parseInt(tag.substring(prefix.length()))).findFirst().orElse(Integer.MAX_VALUE);
    }
}

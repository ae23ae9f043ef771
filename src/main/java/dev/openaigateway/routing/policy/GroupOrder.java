package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of one of Camel's balancers whose children are groups of instances, such as {@code instance:*?tag=eu}. One policy
 * orders the groups, and another the instances of each group. The instances of the first group come first, so the other groups
 * are called if it fails. A group without an available instance that serves the model takes no share.
 *
 * @param name    for explanations
 * @param groups  orders one candidate of each group, whose weight is that of the group
 * @param members orders the instances of a group by their own weights
 */
record GroupOrder(String name, Policy groups, Policy members) implements Policy {

    @Override
    public Policy forRequest(Exchange exchange) {
        return new GroupOrder(name, groups.forRequest(exchange), members.forRequest(exchange));
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return ordered(candidates, groups.order(heads(candidates), model), group -> members.order(group, model));
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return ordered(candidates, groups.preview(heads(candidates), model), group -> members.preview(group, model));
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        List<Candidate> heads = heads(among);
        Candidate head = heads.stream().filter(first -> first.endpoint() == candidate.endpoint()).findFirst().orElse(candidate);
        String group = "group: " + groups.reason(head, heads, model);
        List<Candidate> own = ofGroup(head, among);
        return own.size() < 2 ? group : group + "; within it: " + members.reason(withOwnWeight(candidate), own, model);
    }

    @Override
    public void responded(Attempt attempt, List<Candidate> offered) {
        members.responded(attempt, offered);
    }

    private interface Order {

        List<Candidate> of(List<Candidate> group);
    }

    private static List<Candidate> ordered(List<Candidate> candidates, List<Candidate> heads, Order order) {
        Map<String, Candidate> byName = new LinkedHashMap<>();
        candidates.forEach(candidate -> byName.put(candidate.instance().name(), candidate));
        List<Candidate> ordered = new ArrayList<>(candidates.size());
        for (Candidate head : heads) {
            order.of(ofGroup(head, candidates)).forEach(member -> ordered.add(byName.get(member.instance().name())));
        }
        return ordered;
    }

    /** The first candidate of each group. Candidates of one child of the block have the same endpoint. */
    private static List<Candidate> heads(List<Candidate> candidates) {
        Map<Processor, Candidate> seen = new IdentityHashMap<>();
        return candidates.stream().filter(candidate -> seen.putIfAbsent(candidate.endpoint(), candidate) == null).toList();
    }

    private static List<Candidate> ofGroup(Candidate head, List<Candidate> candidates) {
        return candidates.stream().filter(candidate -> candidate.endpoint() == head.endpoint()).map(GroupOrder::withOwnWeight).toList();
    }

    private static Candidate withOwnWeight(Candidate candidate) {
        return new Candidate(candidate.instance(), candidate.priority(), candidate.instance().settings().weight(), candidate.endpoint());
    }
}

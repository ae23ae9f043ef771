package dev.openaigateway.rules;

import dev.openaigateway.routing.policy.Unsuitable;
import dev.openaigateway.rules.yaml.Entries;
import dev.openaigateway.rules.yaml.Findings;
import dev.openaigateway.rules.yaml.Visit;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses blocks of Camel that cannot work with instances in them, or in routes that they send to. */
final class BalancerCheck {

    private final CamelContext context;
    private final Findings findings;
    private final List<Visit> blocks = new ArrayList<>();

    BalancerCheck(CamelContext context, Findings findings) {
        this.context = context;
        this.findings = findings;
    }

    void add(Visit visit) {
        if (visit.model().equals("LoadBalanceDefinition")) {
            blocks.add(visit);
        }
    }

    /** @param calls with the steps of all routes */
    void complete(CallCheck calls) {
        for (Visit block : blocks) {
            List<Node> children = Entries.at(block.node(), "steps").map(Entries::items).orElse(List.of());
            if (children.stream().anyMatch(child -> leadsToInstance(child, calls))) {
                check(block, children.size());
            }
        }
    }

    private void check(Visit block, int children) {
        Entries.at(block.node(), "topicLoadBalancer").ifPresent(topic ->
                findings.add(block.place(), topic, "uses 'topicLoadBalancer'", null, "which " + Unsuitable.TOPIC));
        Entries.at(block.node(), "failoverLoadBalancer", "exception").ifPresent(exceptions -> {
            if (Entries.items(exceptions).stream().map(YamlText::text).noneMatch(name -> name == null || Unsuitable.ANY_FAILURE.contains(name))) {
                findings.add(block.place(), exceptions, "uses 'failoverLoadBalancer'", null, "which " + Unsuitable.EXCEPTIONS);
            }
        });
        Entries.at(block.node(), "weightedLoadBalancer").ifPresent(weighted -> ratios(block, weighted, children));
    }

    private void ratios(Visit block, Node weighted, int children) {
        Node node = Entries.at(weighted, "distributionRatio").orElse(null);
        String text = node == null ? null : Placeholders.resolve(context, block.place(), node, findings);
        if (text == null) {
            return;
        }
        String delimiter = Entries.text(weighted, "distributionRatioDelimiter").orElse(",");
        String[] ratios = text.split(Pattern.quote(delimiter));
        if (ratios.length != children) {
            findings.add(block.place(), node, "uses 'weightedLoadBalancer'", null, "which " + Unsuitable.ratios(ratios.length, children));
        }
        for (String ratio : ratios) {
            if (!ratio.strip().matches("\\d{1,9}")) {
                findings.add(block.place(), node, "has 'distributionRatio'", ratio.strip(), "which must be a whole number");
            }
        }
    }

    private static boolean leadsToInstance(Node child, CallCheck calls) {
        Node to = Entries.at(child, "to").or(() -> Entries.at(child, "toD")).orElse(null);
        String uri = to == null ? null : YamlText.text(to) != null ? YamlText.text(to) : Entries.text(to, "uri").orElse(null);
        return uri != null && calls.leadsToInstance(uri);
    }
}

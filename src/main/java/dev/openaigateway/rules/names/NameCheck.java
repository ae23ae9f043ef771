package dev.openaigateway.rules.names;

import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.config.RequestHeaderNames;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.routing.policy.Sticky;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the names of exchange properties and variables that expressions ask for and steps set. */
public final class NameCheck implements NodeCheck {

    private static final Pattern PROPERTY = asked("exchangeProperty");
    private static final Pattern HEADER = asked("header");
    private static final Pattern VARIABLE = asked("variable");
    private static final Pattern JQ_PROPERTY = Pattern.compile("\\bproperty\\(\\s*\"([^\"\\\\]+)\"\\s*\\)");
    private static final Pattern JQ_VARIABLE = Pattern.compile("\\bvariable\\(\\s*\"([^\"\\\\]+)\"\\s*\\)");
    private static final Pattern JQ_COMPUTED = Pattern.compile("\\bproperty\\(\\s*(?!\"[^\"\\\\]+\"\\s*\\))");
    /** Variables that other files and {@code camel.variable.*} may set. */
    private static final Pattern SHARED = Pattern.compile("(global|route):.*");
    /** What the routes of event files find beside the body. */
    private static final String EVENT = "event";

    private final DeclaredNames declared;
    private final Problems problems;
    private final Set<String> ruleProperties = ruleProperties();
    private final Map<RulesText.Kind, KnownNames> properties = new EnumMap<>(RulesText.Kind.class);
    private final KnownNames variables;
    private final List<VisitedNode> set = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();
    /** Whether an expression reads a property whose name it computes. */
    private boolean isAnyAsked;

    public NameCheck(DeclaredNames declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
        this.variables = new KnownNames(declared.variables());
        for (RulesText.Kind kind : RulesText.Kind.values()) {
            Set<String> known = new TreeSet<>(ruleProperties);
            known.addAll(declared.properties().keySet());
            if (kind == RulesText.Kind.EVENTS) {
                known.add(EVENT);
            }
            properties.put(kind, new KnownNames(known));
        }
    }

    /** Matches {@code ${name.x}}, {@code ${name[x]}}, {@code ${name:x}} and {@code ${nameAs(x, ...)}}, also inside other functions. A name may have spaces. */
    private static Pattern asked(String function) {
        return Pattern.compile("\\$\\{[^}]*?\\b" + function + "(?:As\\(\\s*|\\.|:|\\?\\.|\\[\\s*)['\"]?([\\w-]+(?:(?: +[\\w-]+)+|(?::[\\w-]+)*))");
    }

    private static Set<String> ruleProperties() {
        Set<String> names = new TreeSet<>();
        for (Field field : RuleProperties.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                try {
                    names.add((String) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return names;
    }

    /** Checks the names that an expression asks for. */
    public void check(Location location, Node node, String language, String text) {
        switch (language) {
            case "simple" -> {
                each(PROPERTY, text, name -> property(location, node, name));
                each(HEADER, text, name -> header(location, node, name));
                each(VARIABLE, text, name -> variable(location, node, name));
                members(location, node, text);
            }
            case "jq" -> {
                each(JQ_PROPERTY, text, name -> property(location, node, name));
                each(JQ_VARIABLE, text, name -> variable(location, node, name));
                isAnyAsked |= JQ_COMPUTED.matcher(text).find();
            }
            case "exchangeProperty" -> property(location, node, text);
            case "header" -> header(location, node, text);
            case "variable" -> variable(location, node, text);
            default -> { }
        }
    }

    private static void each(Pattern pattern, String text, Consumer<String> action) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            // A date's format follows its name.
            action.accept(matcher.group().startsWith("${date") ? matcher.group(1).replaceFirst(":.*", "") : matcher.group(1));
        }
    }

    private void property(Location location, Node node, String name) {
        asked.add(name);
        KnownNames known = properties.get(location.file().kind());
        if (!name.startsWith("Camel") && isUnknown(location, name, known)) {
            String nearest = DidYouMean.name(name, known.all()).map(declared.properties()::get).map(where -> "; one is set at " + where).orElse("");
            problems.at(location, node).says("asks for exchange property", name).because("which no step sets" + nearest, known.all());
        }
    }

    private void members(Location location, Node node, String text) {
        if (location.file().kind() == RulesText.Kind.RULES && !declared.hasCode(location.file())) {
            PropertyMembers.wrong(text, declared.properties().keySet()).ifPresent(reason -> problems.at(location, node).says("has expression", text).because(reason));
        }
    }

    private void header(Location location, Node node, String name) {
        if (location.file().kind() == RulesText.Kind.RULES && name.strip().contains(" ")) {
            problems.at(location, node).says("asks for header", name).suggesting(Optional.of(name.strip().replaceAll(" +", "-")))
                    .because("which no request has: the name of a header has no space");
        }
        if (location.file().kind() == RulesText.Kind.RULES && RequestHeaderNames.isCredential(name)) {
            problems.at(location, node).says("asks for header", name).because("which rules do not see, since it is a credential; "
                    + "the exchange property 'client' has the name of the client");
        }
    }

    private void variable(Location location, Node node, String name) {
        if (isUnknown(location, name, variables)) {
            problems.at(location, node).says("asks for variable", name).because("which no step sets", declared.variables());
        }
    }

    /** Java code and the gateway's own properties may set further names, but hardly one that is a typing error of a known one. */
    private boolean isUnknown(Location location, String name, KnownNames known) {
        return !known.has(name) && !declared.isInScript(name)
                && (!declared.hasCode(location.file()) && !SHARED.matcher(name).matches() && !known.mayHave(name)
                || DidYouMean.typo(name, known.all()).isPresent());
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.setsProperty()) {
            set.add(visit);
        }
        if (!visit.location().file().shipped()) {
            sent(visit, "variableSend");
            if (visit.model().equals("ConvertVariableDefinition")) {
                sent(visit, "name");
            }
        }
    }

    /** Checks a variable that a step takes. */
    private void sent(VisitedNode visit, String key) {
        YamlNodes.at(visit.node(), key).filter(node -> YamlText.text(node) != null && !YamlText.text(node).matches("(?s).*(\\$\\{|\\{\\{).*"))
                .ifPresent(node -> variable(visit.location(), node, YamlText.text(node)));
    }

    @Override
    public void complete() {
        set.forEach(this::set);
    }

    /** Checks a property that a step sets, after all expressions: a name that is nearly one of the gateway's and that nothing reads. */
    private void set(VisitedNode visit) {
        YamlNodes.at(visit.node(), "name").ifPresent(node -> {
            String name = YamlText.text(node);
            Set<String> read = new TreeSet<>(ruleProperties);
            read.add(Sticky.KEY);
            if (name != null && !isAnyAsked && !asked.contains(name) && !read.contains(name)
                    && (read.stream().anyMatch(name::equalsIgnoreCase) || DidYouMean.typo(name, read).isPresent()) && !declared.isInScript(name)) {
                problems.at(visit.location(), node).says("sets exchange property", name).because("which nothing reads", read);
            }
        });
    }
}

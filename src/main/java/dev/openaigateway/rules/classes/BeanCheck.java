package dev.openaigateway.rules.classes;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.rules.language.GroovySyntax;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchLanguageException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks classes that the files name, and beans that they declare: class, constructor, properties, script. Creates none. */
public final class BeanCheck {

    /** What makes the bean in place of a constructor without arguments. */
    private static final Set<String> MAKERS = Set.of("script", "factoryBean", "factoryMethod", "constructors", "builderClass");

    private final CamelContext context;
    private final Problems problems;

    public BeanCheck(CamelContext context, Problems problems) {
        this.context = context;
        this.problems = problems;
    }

    public void check(VisitedNode bean) {
        boolean hasMaker = MAKERS.stream().anyMatch(key -> YamlNodes.at(bean.node(), key).isPresent());
        boolean otherType = YamlNodes.at(bean.node(), "script").isPresent() || YamlNodes.at(bean.node(), "factoryBean").isPresent();
        Node type = YamlNodes.at(bean.node(), "type").orElse(null);
        if (type != null && !otherType) {
            Class<?> found = type(bean.location(), type).orElse(null);
            if (found != null) {
                method(bean, "initMethod", new BeanClass(found));
                method(bean, "destroyMethod", new BeanClass(found));
            }
            if (found != null && !hasMaker && !new BeanClass(found).canBeMade()) {
                problems.add(bean.location(), type, "names class", found.getName(), "which has no constructor without arguments; "
                        + "give them under 'constructors', or a 'factoryMethod'");
            } else if (found != null && !hasMaker) {
                YamlNodes.at(bean.node(), "properties").ifPresent(properties -> properties(bean.location(), properties, new BeanClass(found)));
            }
        }
        YamlNodes.at(bean.node(), "script").ifPresent(script -> script(bean, script));
    }

    private void properties(Location location, Node properties, BeanClass type) {
        if (properties instanceof MappingNode object) {
            for (NodeTuple entry : object.getValue()) {
                String name = YamlText.key(entry);
                String value = YamlText.text(entry.getValueNode());
                if (name != null && !type.hasProperty(name)) {
                    problems.unknown(location, entry.getKeyNode(), "sets bean property", name, "which the class does not have", type.propertyNames());
                } else if (name != null && value != null) {
                    type.requirement(name, value).ifPresent(rule ->
                            problems.add(location, entry.getValueNode(), "sets '" + name + "' to", value, "which " + rule));
                }
            }
        }
    }

    private void method(VisitedNode bean, String key, BeanClass type) {
        YamlNodes.at(bean.node(), key).filter(name -> YamlText.text(name) != null && !type.methodNames().contains(YamlText.text(name))).ifPresent(name ->
                problems.unknown(bean.location(), name, "names as '" + key + "' the method", YamlText.text(name), "which the class does not have",
                        type.methodNames()));
    }

    private void script(VisitedNode bean, Node script) {
        Node language = YamlNodes.at(bean.node(), "scriptLanguage").orElse(script);
        String name = language == script ? "groovy" : String.valueOf(YamlText.text(language));
        try {
            context.resolveLanguage(name);
        } catch (NoSuchLanguageException e) {
            problems.unknown(bean.location(), language, "uses script language", name, "which the gateway does not have", List.of("bean", "groovy", "simple"));
            return;
        }
        String text = YamlText.text(script);
        if (name.equals("groovy") && text != null && !text.contains("{{") && !text.startsWith("resource:")) {
            GroovySyntax.error(text, context.getApplicationContextClassLoader(), true).ifPresent(error ->
                    problems.add(bean.location(), script, "has a script", null, "that is not valid groovy: " + error));
        }
    }

    /** The class that a node names; empty if there is none, which it reports, or if the name is known only later. */
    public Optional<Class<?>> type(Location location, Node node) {
        String name = YamlText.text(node);
        if (name == null || name.contains("{{")) {
            return Optional.empty();
        }
        String plain = className(name);
        Class<?> found;
        try {
            found = ForeignCode.call(() -> context.getClassResolver().resolveClass(plain));
        } catch (ForeignCodeException e) {
            problems.add(location, node, "names class", plain, "which cannot be loaded: " + e.getMessage());
            return Optional.empty();
        }
        if (found == null) {
            problems.add(location, node, "names class", plain, "which is not on the class path", ClassNames.nearest(plain, context.getClassResolver()));
        }
        return Optional.ofNullable(found);
    }

    /** The class that a value such as {@code #class:NAME} names; null if there is none, or if it cannot be loaded, which {@link #type} reports. */
    public static Class<?> loaded(CamelContext context, String reference) {
        try {
            return ForeignCode.call(() -> context.getClassResolver().resolveClass(className(reference)));
        } catch (ForeignCodeException e) {
            return null;
        }
    }

    private static String className(String reference) {
        return reference.replaceFirst("^#class:", "").replaceFirst("[#(].*", "");
    }
}

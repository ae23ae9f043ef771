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
                problems.at(bean.location(), type).says("names class", found.getName()).because("which has no constructor without arguments; "
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
                    problems.at(location, entry.getKeyNode()).says("sets bean property", name)
                            .because("which the class does not have", type.propertyNames());
                } else if (name != null && value != null) {
                    type.requirement(name, value).ifPresent(requirement ->
                            problems.at(location, entry.getValueNode()).says("sets '" + name + "' to", value).because("which " + requirement));
                }
            }
        }
    }

    private void method(VisitedNode bean, String key, BeanClass type) {
        YamlNodes.at(bean.node(), key).filter(name -> YamlText.text(name) != null && !type.methodNames().contains(YamlText.text(name))).ifPresent(name ->
                problems.at(bean.location(), name).says("names as '" + key + "' the method", YamlText.text(name))
                        .because("which the class does not have", type.methodNames()));
    }

    private void script(VisitedNode bean, Node script) {
        Node language = YamlNodes.at(bean.node(), "scriptLanguage").orElse(script);
        String name = language == script ? "groovy" : String.valueOf(YamlText.text(language));
        try {
            context.resolveLanguage(name);
        } catch (NoSuchLanguageException e) {
            problems.at(bean.location(), language).says("uses script language", name)
                    .because("which the gateway does not have", List.of("bean", "groovy", "simple"));
            return;
        }
        String text = YamlText.text(script);
        if (name.equals("groovy") && text != null && !text.contains("{{") && !text.startsWith("resource:")) {
            GroovySyntax.check(text, context.getApplicationContextClassLoader(), true).error().ifPresent(error ->
                    problems.at(bean.location(), script).says("has a script").because("that is not valid groovy: " + error));
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
            problems.at(location, node).says("names class", plain).because("which cannot be loaded: " + e.getMessage());
            return Optional.empty();
        }
        if (found == null) {
            problems.at(location, node).says("names class", plain).suggesting(ClassNames.nearest(plain, context.getClassResolver()))
                    .because("which is not on the class path");
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

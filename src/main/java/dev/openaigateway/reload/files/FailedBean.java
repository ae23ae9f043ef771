package dev.openaigateway.reload.files;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.problem.RootCause;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bean at which Camel has stopped reading a file: the first that it has not bound.
 *
 * @param source file, line and column
 */
public record FailedBean(String source, String name) {

    /**
     * Empty if the file has no beans. If all are bound, Camel was at the last one.
     *
     * @param bound the names of the beans that were bound before the failure
     */
    public static Optional<FailedBean> of(FileText file, Set<String> bound) {
        List<Node> entries = YamlText.parse(file.name(), file.text(), new Problems()).map(YamlNodes::items).orElse(List.of());
        List<Node> names = entries.stream().flatMap(entry -> YamlNodes.at(entry, "beans").stream()).flatMap(beans -> YamlNodes.items(beans).stream())
                .flatMap(bean -> YamlNodes.at(bean, "name").stream()).filter(name -> YamlText.text(name) != null).toList();
        Optional<Node> last = names.isEmpty() ? Optional.empty() : Optional.of(names.get(names.size() - 1));
        return names.stream().filter(name -> !bound.contains(YamlText.text(name))).findFirst().or(() -> last).map(name -> new FailedBean(
                name.getStartMark().map(mark -> file.name() + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1)).orElse(file.name()),
                YamlText.text(name)));
    }

    /** Says that Camel could not make the bean, and why. */
    public InvalidSettingsException problem(Throwable thrown) {
        String reason = RootCause.message(thrown).replaceAll("\\s*\\R\\s*", " ");
        return new InvalidSettingsException(new Problem(source, "bean", Optional.of(name), "cannot be made: " + reason, Optional.empty()));
    }
}

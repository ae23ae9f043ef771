package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.problem.InvalidSettingsException;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.representer.Representer;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Changes of the overlay file, which preserve its other content, including comments and placeholders. A change is prepared beside the file, and
 * replaces it in one step. Not thread-safe.
 */
final class OverlayFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String source;
    private final Path file;
    private final Yaml yaml = yaml();
    private SharedNodes shared;
    private Path written;

    /** @param source names the file in problems */
    OverlayFile(String source, Path file) {
        this.source = source;
        this.file = file;
    }

    private static Yaml yaml() {
        LoaderOptions loader = YamlReader.options();
        loader.setProcessComments(true);
        DumperOptions dumper = new DumperOptions();
        dumper.setProcessComments(true);
        dumper.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        dumper.setWidth(120);
        dumper.setSplitLines(false);
        return new Yaml(new SafeConstructor(loader), new Representer(dumper), dumper, loader);
    }

    /**
     * Prepares keys of one instance.
     *
     * @throws InvalidSettingsException if the file cannot be changed without changing more
     */
    void prepare(InstanceChange change) throws IOException, InvalidSettingsException {
        ObjectNode values = asRead(change.values());
        prepare(root -> merge(instance(instances(root), change.instance()), change.values()), content -> content.merge(change.instance(), values));
    }

    /**
     * Prepares keys at the root. Objects are merged key by key, other values are replaced.
     *
     * @throws InvalidSettingsException if the file cannot be changed without changing more
     */
    void prepare(ObjectNode values) throws IOException, InvalidSettingsException {
        ObjectNode read = asRead(values);
        prepare(root -> merge(root, values), content -> content.merge(read));
    }

    private void prepare(Consumer<MappingNode> change, Consumer<OverlayContent> meaning) throws IOException, InvalidSettingsException {
        String before = Files.exists(file) ? RegularFile.text(file, RegularFile.LARGEST_SETTINGS) : "";
        OverlayContent content = OverlayContent.of(source, before);
        meaning.accept(content);
        String after = changed(before, change);
        content.require(after);
        written = Files.createTempFile(file.getParent(), ".overlay", ".tmp");
        Files.writeString(written, after);
        share(written);
    }

    /** The values as they are when they are read from a file: all are texts. */
    private ObjectNode asRead(ObjectNode values) throws InvalidSettingsException {
        return YamlReader.read(source, text(yaml.represent(JSON.convertValue(values, Object.class)))).root();
    }

    /** Puts the prepared text in place of the file. */
    void replace() throws IOException {
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was prepared and not put in place. */
    void discard() throws IOException {
        if (written != null) {
            Files.deleteIfExists(written);
        }
    }

    /** Gives the file that replaces the overlay its group and permissions, since gateways of other users may share it. */
    private void share(Path written) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(written, PosixFileAttributeView.class);
        if (view == null || !Files.exists(file)) {
            return;
        }
        PosixFileAttributes known = Files.readAttributes(file, PosixFileAttributes.class);
        Set<PosixFilePermission> kept = new HashSet<>(known.permissions());
        try {
            view.setGroup(known.group());
        } catch (IOException e) {
            // Only a member may give a file to a group, and the gateway's own group is another.
            kept.removeIf(permission -> permission.name().startsWith("GROUP_"));
        }
        view.setPermissions(kept);
    }

    private String changed(String before, Consumer<MappingNode> change) {
        Node root = yaml.compose(new StringReader(before));
        boolean empty = !(root instanceof MappingNode mapping) || mapping.getValue().isEmpty();
        MappingNode target = empty ? (MappingNode) yaml.represent(Map.of()) : (MappingNode) root;
        target.setFlowStyle(DumperOptions.FlowStyle.BLOCK);
        shared = new SharedNodes(target);
        change.accept(target);
        String text = text(target);
        // A file with only comments has no node to which they could be attached.
        return empty && !before.isBlank() ? before.stripTrailing() + "\n" + text : text;
    }

    private String text(Node node) {
        StringWriter text = new StringWriter();
        yaml.serialize(node, text);
        return text.toString();
    }

    /** The node, or a copy to change in its place if other parts of the file stand for the same. */
    private Node own(Node node) {
        return shared.contains(node) ? yaml.compose(new StringReader(text(node))) : node;
    }

    private SequenceNode instances(MappingNode root) {
        if (owned(root, "instances") instanceof SequenceNode list) {
            list.setFlowStyle(DumperOptions.FlowStyle.BLOCK);
            return list;
        }
        SequenceNode list = (SequenceNode) yaml.represent(List.of());
        list.setFlowStyle(DumperOptions.FlowStyle.BLOCK);
        put(root, "instances", list);
        return list;
    }

    private MappingNode instance(SequenceNode instances, String name) {
        List<Node> items = instances.getValue();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof MappingNode mapping && value(mapping, "name").filter(node -> isText(node, name)).isPresent()) {
                items.set(i, own(mapping));
                return (MappingNode) items.get(i);
            }
        }
        MappingNode added = (MappingNode) yaml.represent(Map.of("name", name));
        instances.getValue().add(added);
        return added;
    }

    private void merge(MappingNode target, ObjectNode values) {
        values.properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode inner && owned(target, entry.getKey()) instanceof MappingNode mapping) {
                merge(mapping, inner);
            } else {
                put(target, entry.getKey(), yaml.represent(JSON.convertValue(entry.getValue(), Object.class)));
            }
        });
    }

    private void put(MappingNode target, String key, Node value) {
        for (int i = 0; i < target.getValue().size(); i++) {
            Node known = target.getValue().get(i).getKeyNode();
            if (isText(known, key)) {
                value.setInLineComments(target.getValue().get(i).getValueNode().getInLineComments());
                target.getValue().set(i, new NodeTuple(known, value));
                return;
            }
        }
        target.getValue().add(new NodeTuple(yaml.represent(key), value));
    }

    /** The value of the key, which only this mapping has; null if there is none. */
    private Node owned(MappingNode target, String key) {
        Optional<Node> known = value(target, key);
        if (known.filter(shared::contains).isPresent()) {
            put(target, key, own(known.get()));
        }
        return value(target, key).orElse(null);
    }

    private static Optional<Node> value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> isText(tuple.getKeyNode(), key))
                .map(NodeTuple::getValueNode).findFirst();
    }

    private static boolean isText(Node node, String text) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(text);
    }
}

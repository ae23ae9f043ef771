package dev.openaigateway.reload.files;

import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.spi.Resource;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Makes Camel's objects of the nodes of one file, as another context does, and says where in the file an exception comes from: those of the YAML reader
 * have a place, and those of other code, such as that of a step which Camel does not have in a short form, have none. Not thread-safe.
 */
final class LocatedContext extends YamlDeserializationContext {

    private final YamlDeserializationContext original;

    LocatedContext(YamlDeserializationContext original) {
        super(LoadSettings.builder().build());
        this.original = original;
        setResource(original.getResource());
        setCamelContext(original.getCamelContext());
    }

    @Override
    public ConstructNode resolve(Class<?> type) {
        return located(super.resolve(type));
    }

    @Override
    public ConstructNode resolve(Node node, String id) {
        return located(original.resolve(node, id));
    }

    private ConstructNode located(ConstructNode step) {
        return step == null ? null : node -> construct(step, node);
    }

    private Object construct(ConstructNode step, Node node) {
        try {
            return step.construct(node);
        } catch (YamlEngineException | StartupException placed) {
            throw placed;
        } catch (RuntimeException e) {
            String reason = e.getMessage() == null ? "Camel does not take it in this form (" + e.getClass().getSimpleName() + ")" : e.getMessage();
            throw new StartupException(name(getResource()) + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("") + ": " + reason);
        }
    }

    private static String name(Resource resource) {
        return LiveFile.pathOf(resource).map(Object::toString).orElseGet(() -> resource.getLocation());
    }
}

package dev.openaigateway.reload.files;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.snakeyaml.engine.v2.nodes.Node;

/** Camel's loader of routes in YAML, whose exceptions say where in the file they come from. Parameters of own components arrive as written. Not thread-safe. */
class LocatedLoader extends YamlRoutesBuilderLoader {

    @Override
    protected RouteBuilder builder(YamlDeserializationContext context, Node root) {
        OwnParameters.escape(root);
        return super.builder(new LocatedContext(context), root);
    }
}

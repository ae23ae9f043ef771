package dev.openaigateway.reload.live;

import dev.openaigateway.reload.files.StartupException;
import dev.openaigateway.rules.yaml.WrittenPlaceholders;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The placeholders of the files that live routes come from. */
public final class RulePlaceholders {

    private RulePlaceholders() {
    }

    /** Returns what puts the placeholders in place of their values, since these may be secrets. */
    public static UnaryOperator<String> hiding(CamelContext context, List<RouteDefinition> live) {
        List<String> texts = live.stream().map(RouteDefinition::getResource).filter(Objects::nonNull).distinct().map(RulePlaceholders::text).toList();
        return WrittenPlaceholders.in(texts, context)::hiding;
    }

    /** Held in memory, since it is the text of one version of the file. */
    private static String text(Resource resource) {
        try (InputStream text = resource.getInputStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartupException(resource.getLocation() + " cannot be read");
        }
    }
}

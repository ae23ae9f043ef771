package dev.openaigateway.rules.names;

import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An endpoint as a route file names it.
 *
 * @param scheme  the component's name
 * @param rest    what follows the scheme, without the options; may be empty
 * @param options the options in the text itself
 */
public record EndpointUri(String scheme, String rest, Map<String, String> options) {

    public static EndpointUri of(String uri) {
        String base = EndpointText.base(uri);
        int colon = base.indexOf(':');
        return new EndpointUri(EndpointText.scheme(base), colon < 0 ? "" : base.substring(colon + 1), options(uri));
    }

    /** The URI without its options. */
    public String text() {
        return scheme + ":" + rest;
    }

    /**
     * The options in the text and those beside it.
     *
     * @param parameters null if there are none
     */
    public Map<String, String> options(Node parameters) {
        Map<String, String> all = new LinkedHashMap<>(options);
        if (parameters instanceof MappingNode object) {
            for (NodeTuple entry : object.getValue()) {
                String value = YamlText.text(entry.getValueNode());
                if (value != null && YamlText.key(entry) != null) {
                    all.put(YamlText.key(entry), value);
                }
            }
        }
        return all;
    }

    private static Map<String, String> options(String uri) {
        Map<String, String> options = new LinkedHashMap<>();
        int query = uri.indexOf('?');
        if (query >= 0) {
            try {
                URISupport.parseQuery(uri.substring(query + 1), true).forEach((name, value) -> options.put(name, String.valueOf(value)));
            } catch (URISyntaxException e) {
                return options;
            }
        }
        return options;
    }
}

package dev.openaigateway.rules;

import dev.openaigateway.config.Settings;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

import java.util.List;
import java.util.Set;

/**
 * The names outside the checked files to which these may refer, except beans in the registry.
 *
 * @param settings       the settings that become active together with the files
 * @param routes         the routes of other files; without those of earlier versions of the files to check
 * @param configurations the route configurations of other files
 * @param templates      the ids of the route templates of other files
 * @param formerBeans    names of beans that only earlier versions of the files to check have bound
 */
public record CheckContext(Settings settings, List<RouteDefinition> routes, List<RouteConfigurationDefinition> configurations,
                           Set<String> templates, Set<String> formerBeans) {

    public CheckContext {
        routes = List.copyOf(routes);
        configurations = List.copyOf(configurations);
        templates = Set.copyOf(templates);
        formerBeans = Set.copyOf(formerBeans);
    }
}

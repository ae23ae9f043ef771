package dev.openaigateway.reload.live;

import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.reload.files.FileText;
import dev.openaigateway.rules.CheckContext;
import dev.openaigateway.rules.RulesCheck;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the texts of live files before their routes are built. Thread-safe. */
final class LiveFilesCheck {

    private final Model model;
    private final RulesCheck check;

    LiveFilesCheck(CamelContext context) {
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.check = new RulesCheck(context);
    }

    /**
     * @param others the routes of other files
     * @param before the version that these files replace; null for the first
     * @throws InvalidSettingsException with all problems of all files
     */
    void require(List<FileText> files, Settings settings, List<RouteDefinition> others, RoutesVersion before) throws InvalidSettingsException {
        List<RouteConfigurationDefinition> configurations = new ArrayList<>(model.getRouteConfigurationDefinitions());
        if (before != null) {
            configurations.removeAll(before.configurations());
        }
        Set<String> templates = model.getRouteTemplateDefinitions().stream().filter(template -> before == null || !before.templates().contains(template))
                .map(RouteTemplateDefinition::getId).collect(Collectors.toSet());
        Set<String> beans = before == null ? Set.of() : before.beans();
        check.require(files.stream().map(FileText::forCheck).toList(), new CheckContext(settings, others, configurations, templates, beans));
        FileText.requireEventRoutes(files);
    }
}

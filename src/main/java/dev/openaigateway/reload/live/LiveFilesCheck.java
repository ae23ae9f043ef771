package dev.openaigateway.reload.live;

import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.reload.files.FileText;
import dev.openaigateway.rules.CheckContext;
import dev.openaigateway.rules.RuleWarnings;
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
    private final RuleWarnings warnings;

    LiveFilesCheck(CamelContext context) {
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.check = new RulesCheck(context);
        this.warnings = RuleWarnings.of(context);
    }

    /**
     * Returns probable mistakes in valid files.
     *
     * @param others the routes of other files
     * @param former the version that these files replace; null for the first
     * @throws InvalidSettingsException with all problems of all files, and the probable mistakes
     */
    List<Problem> require(List<FileText> files, Settings settings, List<RouteDefinition> others, RoutesVersion former) throws InvalidSettingsException {
        List<RouteConfigurationDefinition> configurations = new ArrayList<>(model.getRouteConfigurationDefinitions());
        if (former != null) {
            configurations.removeAll(former.configurations());
        }
        Set<String> templates = model.getRouteTemplateDefinitions().stream().filter(template -> former == null || !former.templates().contains(template))
                .map(RouteTemplateDefinition::getId).collect(Collectors.toSet());
        Set<String> beans = former == null ? Set.of() : former.beans();
        List<Problem> found = warnings(files, new CheckContext(settings, others, configurations, templates, beans), former == null);
        FileText.requireEventRoutes(files);
        return found;
    }

    /** @param start whether no response could show what is beside the problems */
    private List<Problem> warnings(List<FileText> files, CheckContext surroundings, boolean start) throws InvalidSettingsException {
        try {
            return check.require(files.stream().map(FileText::forCheck).toList(), surroundings);
        } catch (InvalidSettingsException e) {
            if (start) {
                warnings.activate(e.warnings());
            }
            throw e;
        }
    }

    /** Logs the probable mistakes of a version that becomes active. */
    void activate(RoutesVersion next) {
        warnings.activate(next.warnings());
    }
}

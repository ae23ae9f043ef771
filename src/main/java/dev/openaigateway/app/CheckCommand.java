package dev.openaigateway.app;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.GatewayProperties;
import dev.openaigateway.config.load.PropertyFiles;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.RootCause;
import dev.openaigateway.reload.files.BundledFiles;
import dev.openaigateway.reload.files.LiveFiles;
import dev.openaigateway.reload.files.RoutePlace;
import dev.openaigateway.reload.files.StartupException;
import dev.openaigateway.reload.files.TemplateParameters;
import dev.openaigateway.reload.live.LocatedRouteFactory;
import dev.openaigateway.rules.RuleWarnings;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.BaseService;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;

/**
 * Checks a folder as the gateway would take it at its start: settings, rules, event routes and {@code application.properties}.
 * It builds the folder's routes and tries their steps, but starts none; it opens no port, calls nothing and writes nothing into the folder.
 */
public final class CheckCommand {

    /** The name of a bean that is bound while a folder is only checked. */
    static final String CHECK_ONLY = "checkOnly";

    private final Path folder;
    private final Environment environment;
    private final Set<String> warnings = new LinkedHashSet<>();

    /** @param variables the environment variables, as for a start */
    public CheckCommand(Path folder, Map<String, String> variables) {
        this.folder = folder.toAbsolutePath().normalize();
        this.environment = new Environment(variables, this.folder);
    }

    /** Returns each problem in one line, with files relative to the folder; empty if the gateway would start. */
    public List<String> problems() {
        Set<String> problems = new LinkedHashSet<>();
        try {
            PropertyFiles.requireReadable(environment);
        } catch (InvalidSettingsException e) {
            return relative(new LinkedHashSet<>(lines(e)));
        }
        try {
            GatewayProperties.problems(environment).forEach(problem -> problems.add(problem.message()));
        } catch (InvalidSettingsException e) {
            problems.addAll(lines(e));
        }
        try {
            ForeignCode.run(() -> build(environment));
        } catch (Exception e) {
            problems.addAll(lines(e));
            problems.addAll(isOfSettings(e) ? rulesWithoutSettings() : List.of());
        }
        return relative(problems);
    }

    /** Probable mistakes in rules that work, each in one line. Call after {@link #problems}. */
    public List<String> warnings() {
        return relative(warnings);
    }

    private List<String> relative(Set<String> lines) {
        return lines.stream().map(line -> line.replace(folder + "/", "")).toList();
    }

    /** Checks the rules against the names of the instances only, because the settings have problems of their own. */
    private List<String> rulesWithoutSettings() {
        String settings;
        try {
            settings = StandInSettings.json(environment);
        } catch (InvalidSettingsException namesUnknown) {
            return List.of();
        }
        Path names = null;
        try {
            names = Files.createTempFile("instance-names", ".yaml");
            Files.writeString(names, settings);
            Environment replaced = new Environment(Map.of("GATEWAY_CONFIG", names.toString()), folder);
            ForeignCode.run(() -> build(replaced));
        } catch (Exception e) {
            return e instanceof IOException || isOfSettings(e) ? List.of() : lines(e);
        } finally {
            delete(names);
        }
        return List.of();
    }

    /** See {@link GatewayPlugin#load}. */
    private static boolean isOfSettings(Exception failure) {
        return failure.getCause() instanceof ServiceConfigurationError;
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private void build(Environment from) throws Exception {
        Main main = Gateway.main(folder);
        main.bind("environment", from);
        main.bind(CHECK_ONLY, CHECK_ONLY);
        main.bind("ruleWarnings", new RuleWarnings(warnings::add));
        GatewayProperties.inPlaceOfWrongOnes(environment).forEach(main::addOverrideProperty);
        List.of("camel.server.enabled", "camel.management.enabled").forEach(key -> main.addOverrideProperty(key, "false"));
        try {
            main.init();
            CamelContext context = main.getCamelContext();
            List<RouteDefinition> routes = new ArrayList<>();
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextInitializing(CamelContext initializing) {
                    List<RouteDefinition> definitions = context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
                    routes.addAll(definitions);
                    definitions.clear();
                }
            });
            ((BaseService) context).init();
            boolean all = BundledFiles.areChangedIn(folder.resolve("routes"));
            for (RouteDefinition route : routes) {
                if (isLive(route) || route.getTemplateParameters() == null && (all || isOnDisk(route))) {
                    create(context, route);
                }
            }
        } finally {
            main.stop();
        }
    }

    private static void create(CamelContext context, RouteDefinition route) {
        try {
            Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
            TemplateParameters.run(context, route, () -> TrialStart.run(context, model.getModelReifierFactory().createRoute(context, route)));
        } catch (Exception e) {
            if (LocatedRouteFactory.placed(context, e) instanceof StartupException placed) {
                throw placed;
            }
            throw new StartupException(RoutePlace.of(route) + ": " + RoutePlace.subject(route) + " cannot be started: " + RootCause.message(e));
        }
    }

    /** Also those made from templates; the routes of the jar are as they came. */
    private static boolean isLive(RouteDefinition route) {
        return isOnDisk(route) && LiveFiles.isLocation(route.getInput().getLocation());
    }

    /** The routes in the jar are as they came, and building them takes long. */
    private static boolean isOnDisk(RouteDefinition route) {
        String location = route.getInput() == null ? null : route.getInput().getLocation();
        return location != null && Files.exists(Path.of(location.replaceFirst("^file:", "")));
    }

    private List<String> lines(Throwable thrown) {
        return StartFailure.message(environment, thrown).lines().filter(line -> !line.isBlank()).toList();
    }
}

package dev.openaigateway.reload.files;

import dev.openaigateway.config.load.RegularFile;
import dev.openaigateway.config.load.UnfitFileException;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.UnservedEntries;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.DefaultRoutesLoader;
import org.apache.camel.spi.ExtendedRoutesBuilderLoader;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Camel's loader of {@code *.camel.yaml} files, except the live ones. It records where Camel found those and leaves them to
 * {@code LiveRouteFiles}, which can replace their routes while the gateway runs. So they are loaded once, however the
 * gateway is started, and never by Camel's own reload of routes. Files that the user's folder lacks come from the jar.
 */
public final class RouteFilesLoader extends LocatedLoader implements ExtendedRoutesBuilderLoader {

    private static final String EXTENSION = "camel.yaml";

    private static final Logger LOG = GatewayLog.LOG;

    private final LiveFiles files;
    private final RouteFileOrigins origins;
    private boolean completed;

    private RouteFilesLoader(Path routes) {
        this.files = new LiveFiles(routes);
        this.origins = new RouteFileOrigins(routes);
    }

    /**
     * Makes the context use this loader: every kind of Camel application looks in the registry first.
     *
     * @param folder the gateway's folder; route files are in its folder {@code routes}, which need not exist
     */
    public static RouteFilesLoader install(CamelContext context, Path folder) {
        Path routes = folder.equals(Path.of("").toAbsolutePath()) ? Path.of("routes") : folder.resolve("routes");
        RouteFilesLoader loader = new RouteFilesLoader(routes);
        loader.setCamelContext(context);
        ServiceHelper.startService(loader);
        context.getRegistry().bind(DefaultRoutesLoader.ROUTES_LOADER_KEY_PREFIX + EXTENSION, loader);
        return loader;
    }

    /** Returns the live files, which this loader does not load. */
    public LiveFiles files() {
        return files;
    }

    @Override
    public boolean isSupportedExtension(String extension) {
        return EXTENSION.equals(extension);
    }

    /** Loads the files of the jar together with the user's, which may refer to them. Camel loads the user's in one go at the start. */
    @Override
    public Collection<RoutesBuilder> loadRoutesBuilders(Collection<Resource> resources) throws Exception {
        List<Resource> all = new ArrayList<>(resources.stream().filter(each -> LiveFiles.isRouteFile(LiveFile.nameOf(each))).toList());
        all.forEach(origins::loaded);
        if (!completed) {
            completed = true;
            List<Resource> missing = origins.missing(getCamelContext());
            preParseRoutes(missing);
            missing.forEach(origins::loaded);
            all.addAll(missing);
        }
        List<RoutesBuilder> builders = new ArrayList<>();
        for (Resource resource : all) {
            RoutesBuilder builder = loadRoutesBuilder(resource);
            if (builder != null) {
                builders.add(builder);
            }
        }
        return builders;
    }

    /** Loads the files of the jar if Camel found none on disk, and logs where the files come from. */
    public void complete() throws Exception {
        if (!completed) {
            PluginHelper.getRoutesLoader(getCamelContext()).loadRoutes(origins.missing(getCamelContext()));
        }
        if (!origins.origin().isEmpty()) {
            LOG.info(origins.origin());
        }
    }

    @Override
    public void preParseRoute(Resource resource) throws Exception {
        if (LiveFiles.isRouteFile(LiveFile.nameOf(resource)) && !LiveFiles.includes(resource) && mayDeclareBeans(textOf(resource))) {
            super.preParseRoute(resource);
        }
    }

    /**
     * Camel reads each file once for its beans, before it reads any for the routes. A file without beans need not be read then
     * (benchmark row "start to first response").
     */
    private static boolean mayDeclareBeans(String text) {
        return text.contains("beans") || text.contains("apiVersion");
    }

    /**
     * Empty if the file cannot be read, which is reported when its routes are loaded.
     *
     * @throws StartupException if it is not a file that Camel should read
     */
    private static String textOf(Resource resource) {
        Optional<Path> file = LiveFile.pathOf(resource);
        try (InputStream bytes = file.isPresent() ? null : resource.getInputStream()) {
            return file.isPresent() ? RegularFile.text(file.get(), RegularFile.LARGEST_ROUTES)
                    : bytes == null ? "" : new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (UnfitFileException e) {
            throw new StartupException(file.orElseThrow() + ": " + e.getMessage());
        } catch (IOException e) {
            return "";
        }
    }

    /** Null for a live file. */
    @Override
    public RoutesBuilder loadRoutesBuilder(Resource resource) throws Exception {
        if (!LiveFiles.includes(resource)) {
            requireReadable(resource);
            return super.loadRoutesBuilder(resource);
        }
        files.found(resource);
        return null;
    }

    /** Camel would only say that there is no endpoint for the scheme {@code rest}, and not where. A jar in the folder {@code ext} may bring it. */
    private void requireReadable(Resource resource) throws Exception {
        String text = textOf(resource);
        String name = LiveFile.pathOf(resource).map(Path::toString).orElse(resource.getLocation());
        Problems problems = new Problems();
        if (text.contains("&") && text.contains("*")) {
            // An anchor that contains itself would overflow the stack of Camel's reader.
            YamlText.parse(name, text, problems);
        }
        if (text.contains("rest") && PluginHelper.getComponentResolver(getCamelContext()).resolveComponent("rest", getCamelContext()) == null) {
            UnservedEntries.checkOther(RulesText.rules(name, text), problems);
        }
        if (problems.size() > 0) {
            throw new StartupException(problems.problems().stream().map(Problem::message).collect(Collectors.joining("\n")));
        }
    }

    /**
     * Binds the beans of a live file, and returns its routes. A loader of Camel remembers which beans it has made, also of a file that was then
     * refused, and would not make them again. So each file is read by a new one.
     */
    public RouteBuilder load(FileText file) throws Exception {
        Resource resource = ResourceHelper.fromString(file.name(), file.text());
        LocatedLoader loader = new LocatedLoader();
        loader.setCamelContext(getCamelContext());
        ServiceHelper.startService(loader);
        if (mayDeclareBeans(file.text())) {
            loader.preParseRoute(resource);
        }
        return (RouteBuilder) loader.loadRoutesBuilder(resource);
    }
}

package dev.openaigateway.reload.live;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.impl.engine.DefaultRoutesLoader;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;

import java.nio.file.Path;

/**
 * Camel's loader of {@code *.camel.yaml} files, except the live ones. It records where Camel found those and leaves them to
 * {@link RoutingRules}, which can replace their routes while the gateway runs. They are thus loaded once, however the
 * gateway is started, and never by Camel's own reload of routes.
 */
public final class RulesLoader extends YamlRoutesBuilderLoader {

    private static final String EXTENSION = "camel.yaml";

    private final LiveFiles files;

    private RulesLoader(LiveFiles files) {
        this.files = files;
    }

    /**
     * Makes the context use this loader: every kind of Camel application looks in the registry first.
     *
     * @param folder the gateway's folder; route files are in its folder {@code routes}, which need not exist
     */
    public static RulesLoader install(CamelContext context, Path folder) {
        Path routes = folder.equals(Path.of("").toAbsolutePath()) ? Path.of("routes") : folder.resolve("routes");
        RulesLoader loader = new RulesLoader(new LiveFiles(routes));
        loader.setCamelContext(context);
        ServiceHelper.startService(loader);
        context.getRegistry().bind(DefaultRoutesLoader.ROUTES_LOADER_KEY_PREFIX + EXTENSION, loader);
        return loader;
    }

    LiveFiles files() {
        return files;
    }

    @Override
    public boolean isSupportedExtension(String extension) {
        return EXTENSION.equals(extension);
    }

    @Override
    public void preParseRoute(Resource resource) throws Exception {
        if (!LiveFiles.includes(resource)) {
            super.preParseRoute(resource);
        }
    }

    /** Null for a live file. */
    @Override
    public RoutesBuilder loadRoutesBuilder(Resource resource) throws Exception {
        if (!LiveFiles.includes(resource)) {
            return super.loadRoutesBuilder(resource);
        }
        files.found(resource);
        return null;
    }

    /** Binds the beans of a live file, and returns its routes. */
    RouteBuilder load(FileText file) throws Exception {
        Resource resource = ResourceHelper.fromString(file.name(), file.text());
        super.preParseRoute(resource);
        return (RouteBuilder) super.loadRoutesBuilder(resource);
    }
}

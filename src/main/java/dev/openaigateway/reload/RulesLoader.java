package dev.openaigateway.reload;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.impl.engine.DefaultRoutesLoader;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Camel's loader of {@code *.camel.yaml} files, except the rules file {@code routing.camel.yaml}. It records where Camel
 * found that file and leaves it to {@link RoutingRules}, which can replace its routes while the gateway runs. The file is
 * thus loaded once, however the gateway is started, and never by Camel's own reload of routes.
 */
public final class RulesLoader extends YamlRoutesBuilderLoader {

    private static final String EXTENSION = "camel.yaml";

    private volatile RulesFile rules;

    private RulesLoader() {
    }

    /** Makes the context use this loader: every kind of Camel application looks in the registry first. */
    public static RulesLoader install(CamelContext context) {
        RulesLoader loader = new RulesLoader();
        loader.setCamelContext(context);
        ServiceHelper.startService(loader);
        context.getRegistry().bind(DefaultRoutesLoader.ROUTES_LOADER_KEY_PREFIX + EXTENSION, loader);
        return loader;
    }

    @Override
    public boolean isSupportedExtension(String extension) {
        return EXTENSION.equals(extension);
    }

    @Override
    public void preParseRoute(Resource resource) throws Exception {
        if (!RulesFile.is(resource)) {
            super.preParseRoute(resource);
        }
    }

    /** Null for the file with the rules. */
    @Override
    public RoutesBuilder loadRoutesBuilder(Resource resource) throws Exception {
        if (!RulesFile.is(resource)) {
            return super.loadRoutesBuilder(resource);
        }
        remember(new RulesFile(resource));
        return null;
    }

    private void remember(RulesFile file) {
        if (rules != null && !rules.isSameAs(file)) {
            throw new StartupException("There are two rules files, " + rules.name() + " and " + file.name() + ".");
        }
        rules = rules == null ? file : rules;
    }

    /** @throws StartupException if Camel found no such file among the route files */
    RulesFile file() {
        RulesFile found = rules;
        if (found == null) {
            throw new StartupException("There is no routing.camel.yaml among the route files; it holds the rules.");
        }
        return found;
    }

    /** @param text the content of the rules file */
    RoutesBuilder load(RulesFile file, String text) throws Exception {
        Resource resource = ResourceHelper.fromString(file.name(), text);
        super.preParseRoute(resource);
        return super.loadRoutesBuilder(resource);
    }
}

package dev.openaigateway.reload;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Camel's loader of route files, without the file with the rules, {@code routing.camel.yaml}. It remembers where Camel
 * found that file and leaves it to {@link RoutingRules}, which can then replace its routes while the gateway runs. So it
 * is loaded once however the gateway is started, and not by Camel's own reload of routes either.
 */
public final class RulesLoader implements RoutesLoader {

    private final RoutesLoader camel;
    private volatile RulesFile rules;

    private RulesLoader(RoutesLoader camel) {
        this.camel = camel;
    }

    /** Takes the place of the context's loader, before that loads routes. */
    public static RulesLoader install(CamelContext context) {
        RulesLoader loader = new RulesLoader(PluginHelper.getRoutesLoader(context));
        context.getCamelContextExtension().addContextPlugin(RoutesLoader.class, loader);
        return loader;
    }

    /** @throws StartupException if Camel found no such file among the route files */
    RulesFile file() {
        RulesFile found = rules;
        if (found == null) {
            throw new StartupException("There is no routing.camel.yaml among the route files; it holds the rules.");
        }
        return found;
    }

    /** @param text of the file with the rules */
    RoutesBuilder load(RulesFile file, String text) throws Exception {
        return camel.findRoutesBuilders(List.of(ResourceHelper.fromString(file.name(), text))).iterator().next();
    }

    private List<Resource> others(Collection<Resource> resources) {
        List<Resource> others = new ArrayList<>();
        for (Resource resource : resources) {
            if (RulesFile.is(resource)) {
                keep(new RulesFile(resource));
            } else {
                others.add(resource);
            }
        }
        return others;
    }

    private void keep(RulesFile file) {
        if (rules != null && !rules.isSameAs(file)) {
            throw new StartupException("There are two files with rules, " + rules.name() + " and " + file.name() + ".");
        }
        rules = rules == null ? file : rules;
    }

    @Override
    public Collection<RoutesBuilder> findRoutesBuilders(Collection<Resource> resources) throws Exception {
        return camel.findRoutesBuilders(others(resources));
    }

    @Override
    public Collection<RoutesBuilder> findRoutesBuilders(Collection<Resource> resources, boolean optional) throws Exception {
        return camel.findRoutesBuilders(others(resources), optional);
    }

    @Override
    public Set<String> updateRoutes(Collection<Resource> resources) throws Exception {
        return camel.updateRoutes(others(resources));
    }

    @Override
    public void preParseRoute(Resource resource, boolean optional) throws Exception {
        if (!RulesFile.is(resource)) {
            camel.preParseRoute(resource, optional);
        }
    }

    @Override
    public void initRoutesBuilderLoader(RoutesBuilderLoader loader) {
        camel.initRoutesBuilderLoader(loader);
    }

    @Override
    public RoutesBuilderLoader getRoutesLoader(String extension) throws Exception {
        return camel.getRoutesLoader(extension);
    }

    @Override
    public boolean isIgnoreLoadingError() {
        return camel.isIgnoreLoadingError();
    }

    @Override
    public void setIgnoreLoadingError(boolean ignoreLoadingError) {
        camel.setIgnoreLoadingError(ignoreLoadingError);
    }

    @Override
    public CamelContext getCamelContext() {
        return camel.getCamelContext();
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camel.setCamelContext(context);
    }
}

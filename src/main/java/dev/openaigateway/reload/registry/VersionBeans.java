package dev.openaigateway.reload.registry;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.log.root.GatewayLog;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.ObjectHelper;
import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The beans of one version that have a {@code destroyMethod}. The method is called once, when no request uses the version any more. Camel
 * itself would call it as soon as another bean replaces this one, or never. Not thread-safe.
 */
public final class VersionBeans {

    private static final Logger LOG = GatewayLog.LOG;
    private static final Object NOTHING = (AutoCloseable) () -> { };

    private record Bean(String name, Object object, String method) {
    }

    private final List<Bean> beans = new ArrayList<>();

    private VersionBeans() {
    }

    /** Takes the destruction of beans that have just been bound from Camel. */
    public static VersionBeans take(CamelContext context, List<BeanFactoryDefinition<?>> definitions) {
        VersionBeans taken = new VersionBeans();
        Registry registry = context.getRegistry();
        Optional<SharedRegistry> shared = SharedRegistry.of(context);
        for (BeanFactoryDefinition<?> definition : definitions) {
            Object object = definition.getDestroyMethod() == null ? null : registry.lookupByName(definition.getName());
            if (object != null && shared.isPresent()) {
                taken.beans.add(new Bean(definition.getName(), object, definition.getDestroyMethod()));
                Map<Class<?>, Object> bound = shared.get().bound().get(definition.getName());
                registry.bind(definition.getName(), AutoCloseable.class, NOTHING, null, "close");
                shared.get().put(definition.getName(), bound);
            }
        }
        return taken;
    }

    /** Does nothing if it was called before. */
    public void destroy() {
        for (Bean bean : beans) {
            try {
                ForeignCode.call(() -> ObjectHelper.invokeMethodSafe(bean.method(), bean.object()));
            } catch (Exception e) {
                LOG.warn("The method '{}' of the bean '{}' of replaced or refused rules has failed: {}", bean.method(), bean.name(), e.toString());
            }
        }
        beans.clear();
    }
}

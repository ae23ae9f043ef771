package dev.openaigateway.log;

import org.apache.logging.log4j.core.config.plugins.processor.PluginCache;
import org.apache.logging.log4j.core.config.plugins.processor.PluginProcessor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;

/**
 * The context class loader while the log starts. It finds no plugins of Log4j, which would otherwise load the class of each of its
 * 300 plugins, though a configuration made in code needs none. {@code PluginRegistry.clear()} makes Log4j look for them again.
 */
final class WithoutPlugins extends ClassLoader {

    WithoutPlugins(ClassLoader parent) {
        super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(PluginProcessor.PLUGIN_CACHE_FILE) ? Collections.enumeration(Collections.singleton(noPlugins())) : super.getResources(name);
    }

    /** Without any category, Log4j would search the jars for plugins. */
    private static URL noPlugins() throws IOException {
        PluginCache cache = new PluginCache();
        cache.getCategory("none");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cache.writeCache(bytes);
        return new URL("memory", "", -1, "none", new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {
                    }

                    @Override
                    public InputStream getInputStream() {
                        return new ByteArrayInputStream(bytes.toByteArray());
                    }
                };
            }
        });
    }
}

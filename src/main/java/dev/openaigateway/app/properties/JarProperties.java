package dev.openaigateway.app.properties;

import org.apache.camel.Ordered;
import org.apache.camel.spi.LoadablePropertiesSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Properties;
import java.util.function.Predicate;

/** The {@code application.properties} in the jar: the values of keys that the user's file lacks. Immutable. */
public final class JarProperties implements LoadablePropertiesSource, Ordered {

    private static final String FILE = "application.properties";
    /** Read by the Camel CLI before it has the jar. */
    private static final String CLI_PREFIX = "camel.jbang.";

    private final Properties properties = new Properties();

    public JarProperties() {
        try (InputStream text = ownFile().openStream()) {
            properties.load(text);
            properties.keySet().removeIf(key -> key.toString().startsWith(CLI_PREFIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file beside this class. A search on the class path might find one of another jar. */
    private static URL ownFile() throws IOException {
        String path = JarProperties.class.getName().replace('.', '/') + ".class";
        String own = JarProperties.class.getClassLoader().getResource(path).toString();
        return new URL(own.substring(0, own.length() - path.length()) + FILE);
    }

    @Override
    public String getName() {
        return "gateway-jar";
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    @Override
    public String getProperty(String name) {
        return properties.getProperty(name);
    }

    @Override
    public Properties loadProperties() {
        return loadProperties(name -> true);
    }

    @Override
    public Properties loadProperties(Predicate<String> filter) {
        Properties chosen = new Properties();
        properties.stringPropertyNames().stream().filter(filter).forEach(name -> chosen.setProperty(name, properties.getProperty(name)));
        return chosen;
    }

    @Override
    public void reloadProperties(String location) {
        // Nothing to do: the jar does not change.
    }
}

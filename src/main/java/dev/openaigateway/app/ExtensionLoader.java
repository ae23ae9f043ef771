package dev.openaigateway.app;

import dev.openaigateway.log.root.GatewayLog;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Loads classes from the jars in the folder {@code ext}, such as policies, providers and Camel components with their libraries.
 * The gateway's own classes and libraries have precedence. The jars are read when the gateway starts.
 */
final class ExtensionLoader extends URLClassLoader {

    private static final Logger LOG = GatewayLog.LOG;
    private static final String FOLDER = "ext";

    private ExtensionLoader(List<URL> jars, ClassLoader parent) {
        super(jars.toArray(URL[]::new), parent);
    }

    /**
     * Lets the context find classes and Camel services in the jars. Does nothing if there is no jar, or if the context has them.
     *
     * @param home the folder that contains {@code ext}
     */
    static void install(CamelContext context, Path home) {
        ClassLoader present = Objects.requireNonNullElse(context.getApplicationContextClassLoader(), ExtensionLoader.class.getClassLoader());
        List<Path> jars = jars(home.resolve(FOLDER));
        if (jars.isEmpty() || present instanceof ExtensionLoader) {
            return;
        }
        if (!addTo(ExtensionLoader.class.getClassLoader(), jars)) {
            context.setApplicationContextClassLoader(new ExtensionLoader(jars.stream().map(ExtensionLoader::url).toList(), present));
        }
        LOG.info("Extensions: {}", String.join(", ", jars.stream().map(jar -> FOLDER + "/" + jar.getFileName()).toList()));
    }

    /**
     * Adds the jars to the class loader of the Camel CLI, which has a method for that and ignores that of the context.
     *
     * @return false for any other class loader
     */
    private static boolean addTo(ClassLoader loader, List<Path> jars) {
        try {
            Method add = loader.getClass().getMethod("addFile", File.class);
            for (Path jar : jars) {
                add.invoke(loader, jar.toFile());
            }
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read", e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

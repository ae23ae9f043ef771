package dev.openaigateway.support;

import javax.tools.ToolProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The policy of {@code examples/own-policy}. */
public final class ExamplePolicy {

    public static final Path FOLDER = Path.of("examples/own-policy").toAbsolutePath();

    private static final String TYPE = "com/example/CheapestFirst";

    private ExamplePolicy() {
    }

    /** Compiles the policy, with all warnings, and packs it. */
    public static void pack(Path jar) throws IOException {
        Path classes = TemporaryFolder.make("classes");
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-Xlint:all", "-Werror", "-proc:none",
                "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), FOLDER.resolve("src/" + TYPE + ".java").toString());
        if (status != 0) {
            throw new IllegalStateException("The example does not compile.");
        }
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream packed = new JarOutputStream(file)) {
            packed.putNextEntry(new JarEntry(TYPE + ".class"));
            packed.write(Files.readAllBytes(classes.resolve(TYPE + ".class")));
            packed.closeEntry();
        }
    }
}

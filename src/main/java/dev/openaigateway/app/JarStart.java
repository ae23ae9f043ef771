package dev.openaigateway.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The main class of the jar. Loads and verifies the classes of a start in a thread of their own, ahead of the thread that needs them
 * (benchmark row "start to first response"). {@code start-classes.txt} names them in the order of their use; a class that is not in the list is
 * loaded at its first use. The container image starts {@link Gateway} itself, since its start-up cache holds the classes.
 */
public final class JarStart {

    private JarStart() {
    }

    /** Does the same as {@link Gateway#main}. */
    public static void main(String... args) {
        if (args.length == 0) {
            Thread loading = new Thread(JarStart::loadClasses, "start-classes");
            loading.setDaemon(true);
            loading.start();
        }
        Gateway.main(args);
    }

    private static void loadClasses() {
        try (InputStream list = JarStart.class.getResourceAsStream("start-classes.txt");
             BufferedReader names = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                load(name);
            }
        } catch (IOException e) {
            // Without the list the start only takes longer. No logger here, since the log may not have started.
            return;
        }
    }

    /**
     * Loads the class and verifies its bytecode, which HotSpot does before it lists the constructors. The first use of the class
     * initialises it, in the thread that expects that.
     */
    private static void load(String name) {
        try {
            Class.forName(name, false, JarStart.class.getClassLoader()).getDeclaredConstructors();
        } catch (ClassNotFoundException | LinkageError e) {
            // If the class is needed, its use reports the error.
            return;
        }
    }
}

package dev.openaigateway.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Loads the classes of a start in a thread of their own, ahead of the thread that needs them (benchmark row "start to first
 * response"). {@code start-classes.txt} names them in the order of their use. A class that is missing in the list is loaded at its first
 * use, and one that is there in vain costs a tenth of a millisecond.
 */
final class StartClasses {

    private static final String LIST = "start-classes.txt";

    private StartClasses() {
    }

    /** Returns at once. */
    static void load() {
        Thread loading = new Thread(StartClasses::loadAll, "start-classes");
        loading.setDaemon(true);
        loading.start();
    }

    private static void loadAll() {
        try (InputStream list = StartClasses.class.getResourceAsStream(LIST);
             BufferedReader names = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                load(name);
            }
        } catch (IOException e) {
            // Without the list the start only takes longer. No logger here, since the log may not have started.
            return;
        }
    }

    /** Only loads the class: its first use initialises it, in the thread that expects that. */
    private static void load(String name) {
        try {
            Class.forName(name, false, StartClasses.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // If the class is needed, its use reports the error.
            return;
        }
    }
}

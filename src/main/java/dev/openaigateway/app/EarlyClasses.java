package dev.openaigateway.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Loads the classes that a start will need beside the start itself, which takes a tenth off its time. They are named in
 * {@code start-classes.txt}, in the order in which they are needed; README says how to write the list anew. A name that is
 * out of date does no harm.
 */
final class EarlyClasses {

    private EarlyClasses() {
    }

    /** Returns at once. */
    static void load() {
        Thread loading = new Thread(() -> names().forEach(EarlyClasses::load), "early-classes");
        loading.setDaemon(true);
        loading.start();
    }

    static List<String> names() {
        try (InputStream list = EarlyClasses.class.getResourceAsStream("start-classes.txt");
             BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
            return lines.lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Returns whether there is such a class. None is initialised: that is left to the one who uses it first. */
    static boolean load(String name) {
        try {
            Class.forName(name, false, EarlyClasses.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}

package dev.openaigateway.app;

/** The main class of the jar. The container image starts {@link Gateway} itself, since its start-up cache holds the classes. */
public final class JarStart {

    private JarStart() {
    }

    /** Does the same as {@link Gateway#main}. */
    public static void main(String... args) {
        if (args.length == 0) {
            StartClasses.load();
        }
        Gateway.main(args);
    }
}

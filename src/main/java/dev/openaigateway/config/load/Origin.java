package dev.openaigateway.config.load;

/**
 * Where a value was written.
 *
 * @param source file, {@code environment} or {@code admin request}
 * @param path   the value's path there (such as {@code instances[1].max_tpm}) or the variable's name
 * @param line   counted from 1; 0 where lines are not known
 */
record Origin(String source, String path, int line) {

    static final String ENVIRONMENT = "environment";
    static final String ADMIN = "admin request";

    static Origin variable(String name) {
        return new Origin(ENVIRONMENT, name, 0);
    }

    /** Only what stands in files may refer to environment variables. */
    boolean mayHoldPlaceholders() {
        return !source.equals(ENVIRONMENT) && !source.equals(ADMIN);
    }

    String place() {
        return line > 0 ? source + ":" + line : source;
    }

    @Override
    public String toString() {
        return source.equals(ENVIRONMENT) ? source + ": " + path : place();
    }
}

package dev.openaigateway.config.load;

/**
 * The origin of a value.
 *
 * @param source file, {@code environment} or {@code admin request}
 * @param path   the value's path in the source (such as {@code instances[1].max_tpm}) or the variable's name
 * @param line   line number, starting at 1; 0 if unknown
 */
record Origin(String source, String path, int line) {

    static final String ENVIRONMENT = "environment";
    static final String ADMIN = "admin request";

    static Origin variable(String name) {
        return new Origin(ENVIRONMENT, name, 0);
    }

    /** Only values in files may refer to environment variables. */
    boolean mayHoldPlaceholders() {
        return !source.equals(ENVIRONMENT) && !source.equals(ADMIN);
    }

    String location() {
        return line > 0 ? source + ":" + line : source;
    }

    @Override
    public String toString() {
        return source.equals(ENVIRONMENT) ? source + ": " + path : location();
    }
}

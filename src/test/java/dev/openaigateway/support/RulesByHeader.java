package dev.openaigateway.support;

/** The text of rules of which the header {@code x-rule} of a request chooses one. */
public final class RulesByHeader {

    private RulesByHeader() {
    }

    /** @param steps a list in YAML */
    public static String rule(String name, String steps) {
        return """
                - expression: { simple: { expression: "${header.x-rule} == '%s'" } }
                  steps:
                """.formatted(name) + steps.indent(4);
    }

    /**
     * The step that chooses.
     *
     * @param rules     one or several times {@link #rule}
     * @param otherwise the steps for a request without the header, a list in YAML
     */
    public static String choice(String rules, String otherwise) {
        return """
                - choice:
                    when:
                %s
                    otherwise:
                      steps:
                %s
                """.formatted(rules.indent(6), otherwise.indent(8));
    }

    /** A file with that choice alone, and without the error handling of the project's own rules: the gateway has to do without it. */
    public static String file(String rules, String otherwise) {
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                """ + choice(rules, otherwise).indent(8);
    }
}

package dev.openaigateway.recipient;

import java.util.Set;
import java.util.regex.Pattern;

/** Components that run the path of their URI: a statement, a script, a command or a class. No encoding keeps a text in it a text. */
public final class CodeComponents {

    private static final Set<String> SCHEMES = Set.of("class", "controlbus", "cql", "elsql", "exec", "language", "sql", "sql-stored");
    private static final Pattern CODE = Pattern.compile("\\s*(" + String.join("|", SCHEMES) + ")[:?].*", Pattern.DOTALL);
    private static final String FUNCTION = "\\$(simple)?\\{";
    private static final Pattern COMPUTED = Pattern.compile("(^\\s*|,\\s*)(" + String.join("|", SCHEMES) + "):[^?,]*" + FUNCTION);
    private static final Pattern COMPUTED_ALONE = Pattern.compile("^\\s*(" + String.join("|", SCHEMES) + "):[^?]*" + FUNCTION);

    private CodeComponents() {
    }

    static boolean contain(String scheme) {
        return SCHEMES.contains(scheme);
    }

    static boolean isCode(String uri) {
        return CODE.matcher(uri).matches();
    }

    /**
     * Whether a function of simple stands in what the component would run.
     *
     * @param isList whether the text may be several URIs
     */
    public static boolean isComputed(String text, boolean isList) {
        return (isList ? COMPUTED : COMPUTED_ALONE).matcher(text).find();
    }
}

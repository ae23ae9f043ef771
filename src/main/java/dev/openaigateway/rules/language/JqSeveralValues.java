package dev.openaigateway.rules.language;

import com.fasterxml.jackson.databind.node.BooleanNode;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Language;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds conditions in {@code jq} that give several values. Camel takes these for true, also if each of them is false, and a single value for what it
 * is. So a condition on the members of a list is right for a list of one.
 */
public final class JqSeveralValues {

    private static final Pattern EACH = Pattern.compile("\\s*(\\.[\\w.]*\\[])\\s*\\|?\\s*(\\.(?!.*(\\b(and|or|not|as)\\b|,|//)).*\\S)\\s*", Pattern.DOTALL);

    /** What may give no value for a member, which is the way to a condition on some of them. */
    private static final Pattern LEAVING_OUT = Pattern.compile("\\b(select|empty|if|try|limit|first|last|strings|numbers|objects|arrays|values|nulls|"
            + "booleans|scalars|iterables|error)\\b|\\?|\\[]");

    private JqSeveralValues() {
    }

    /** The end of a sentence about a condition that is true for every request; empty if it may be false. */
    public static Optional<String> always(CamelContext context, Language jq, String text) {
        return areSeveral(context, jq, text, ExampleRequest.withOneOfEach(context), false)
                ? Optional.of("which gives several values, and is true for every request: write one, with 'and' or 'or' in place of a comma") : Optional.empty();
    }

    /** The end of a sentence about a condition that is true for every request with several of something; empty if it may be false. */
    public static Optional<String> often(CamelContext context, Language jq, String text) {
        Matcher each = EACH.matcher(text);
        String right = each.matches() ? "any(" + each.group(1) + "; " + each.group(2) + "), or all(...) if each must match"
                : "any(...), as in any(.messages[]; .role == \"system\")";
        boolean isForEach = each.matches() && !LEAVING_OUT.matcher(each.group(2)).find();
        return areSeveral(context, jq, text, ExampleRequest.exchange(context), isForEach)
                ? Optional.of("which gives several values, and is true for every request with several of them: write " + right) : Optional.empty();
    }

    /** @param isForEach whether each member of a list gives a value, so that several that are true are as wrong as one that is false */
    private static boolean areSeveral(CamelContext context, Language jq, String text, Exchange request, boolean isForEach) {
        return !JqExpressions.isOpen(text) && JqExpressions.value(context, jq, text, request) instanceof Collection<?> several
                && several.stream().anyMatch(each -> each instanceof BooleanNode flag && (isForEach && several.size() > 1 || !flag.asBoolean()));
    }
}

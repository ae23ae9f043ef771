package dev.openaigateway.rules.classes;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.PropertyFiles;
import dev.openaigateway.problem.DidYouMean;
import org.apache.camel.PropertyBindingException;

import java.util.Optional;

/** Says which property Camel could not set, and where it is written. Camel's own message has the value, which may be a secret, and no line. */
public final class UnknownOption {

    private UnknownOption() {
    }

    /** The problem in one line, with the nearest name of an option; empty if something else has failed. */
    public static Optional<String> message(Environment environment, Throwable thrown) {
        PropertyBindingException failed = null;
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            failed = at instanceof PropertyBindingException found && found.getPropertyName() != null && found.getTarget() != null ? found : failed;
        }
        return Optional.ofNullable(failed).map(found -> PropertyFiles.place(environment, key(found)) + " " + rule(found));
    }

    private static String key(PropertyBindingException failed) {
        String prefix = failed.getOptionPrefix() == null ? "" : failed.getOptionPrefix().replaceFirst("\\.$", "") + ".";
        return prefix + (failed.getOptionKey() == null ? failed.getPropertyName() : failed.getOptionKey());
    }

    private static String rule(PropertyBindingException failed) {
        BeanClass type = new BeanClass(failed.getTarget().getClass());
        String name = failed.getPropertyName();
        return type.hasProperty(name) ? "has a value that cannot be set"
                : "is no option of " + failed.getTarget().getClass().getSimpleName() + DidYouMean.clause(name, type.propertyNames()).orElse("");
    }
}

package dev.openaigateway.rules.names;

import dev.openaigateway.config.Settings;
import dev.openaigateway.rules.yaml.Problems;
import org.apache.camel.CamelContext;

import java.util.Set;

/**
 * What the checks of files share. Not thread-safe.
 *
 * @param context     whose components, languages, beans and properties the files may use
 * @param settings    the settings that become active together with the files
 * @param formerBeans names of beans that only earlier versions of the files have bound
 * @param declared    the names that the files declare
 * @param problems    what the checks report
 */
public record CheckScope(CamelContext context, Settings settings, Set<String> formerBeans, DeclaredNames declared, Problems problems) {

    /** Whether a bean of this name exists outside the files. */
    public boolean isBound(String name) {
        return !formerBeans.contains(name) && context.getRegistry().lookupByName(name) != null;
    }

    /** Whether a bean of this name is one that earlier versions of the files have bound, and these files no longer declare. */
    public boolean isFormer(String name) {
        return formerBeans.contains(name) && !declared.beans().containsKey(name);
    }

    /** Whether a bean of this name and type exists outside the files. */
    public boolean isBound(String name, Class<?> type) {
        return !formerBeans.contains(name) && context.getRegistry().lookupByNameAndType(name, type) != null;
    }

    /** The names of the beans of this type outside the files. */
    public Set<String> boundNames(Class<?> type) {
        Set<String> names = NamedBeans.in(context.getRegistry(), type);
        names.removeAll(formerBeans);
        return names;
    }
}

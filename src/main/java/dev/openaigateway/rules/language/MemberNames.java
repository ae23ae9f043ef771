package dev.openaigateway.rules.language;

import dev.openaigateway.problem.DidYouMean;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The members of Camel's own objects that scripts ask, of their interfaces and of the classes that implement these. */
final class MemberNames {

    private static final Map<Class<?>, Class<?>> IMPLEMENTED =
            Map.of(Exchange.class, DefaultExchange.class, Message.class, DefaultMessage.class, CamelContext.class, DefaultCamelContext.class);

    private MemberNames() {
    }

    /** The type of a member without arguments; empty if it is none of Camel's own objects. */
    static Optional<Class<?>> type(Class<?> owner, String method) {
        return Arrays.stream(owner.getMethods()).filter(each -> each.getName().equals(method) && each.getParameterCount() == 0)
                .<Class<?>>map(Method::getReturnType).filter(IMPLEMENTED::containsKey).findFirst();
    }

    /** The method that a misspelt one means; empty if there is such a method, or none is as near. */
    static Optional<String> method(Class<?> owner, String name) {
        return typo(name, methods(owner).collect(Collectors.toSet()));
    }

    /** The property that a misspelt one means, as {@link #method}. */
    static Optional<String> property(Class<?> owner, String name) {
        Set<String> known = methods(owner).map(method -> method.replaceFirst("^(get|is|set)(?=[A-Z])", ""))
                .map(property -> property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1)).collect(Collectors.toSet());
        Arrays.stream(owner.getFields()).map(Field::getName).forEach(known::add);
        return typo(name, known);
    }

    private static Optional<String> typo(String name, Set<String> known) {
        return DidYouMean.typo(name, known).filter(nearest -> !nearest.equalsIgnoreCase(name));
    }

    private static Stream<String> methods(Class<?> owner) {
        return Stream.of(owner, IMPLEMENTED.get(owner), DefaultGroovyMethods.class).flatMap(type -> Arrays.stream(type.getMethods())).map(Method::getName);
    }
}

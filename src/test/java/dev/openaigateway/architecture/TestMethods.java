package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.JavaMethod;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

import java.lang.annotation.Annotation;
import java.util.List;

/** The methods that JUnit or jqwik runs. */
final class TestMethods {

    private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(Test.class, ParameterizedTest.class, Property.class, Example.class);

    private TestMethods() {
    }

    static boolean contain(JavaMethod method) {
        return ANNOTATIONS.stream().anyMatch(method::isAnnotatedWith);
    }
}

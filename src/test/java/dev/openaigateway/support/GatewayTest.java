package dev.openaigateway.support;

import org.junit.jupiter.api.Tag;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test class that starts a gateway in the test's process. {@code mvn verify} runs it, {@code mvn test} does not. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("gateway")
@net.jqwik.api.Tag("gateway")
public @interface GatewayTest {
}

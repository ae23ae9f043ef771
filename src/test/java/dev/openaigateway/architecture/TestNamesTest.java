package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.JavaMethod;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The name of a test states the expected behaviour, without codes. */
class TestNamesTest {

    @Test
    void shouldStateTheExpectedBehaviour() {
        assertThat(Classes.TESTS.stream().flatMap(type -> type.getMethods().stream()).filter(TestMethods::contain).map(JavaMethod::getName))
                .isNotEmpty().allMatch(name -> name.matches("(should|[a-z][A-Za-z]*Should)[A-Z][A-Za-z0-9]*"));
    }
}

package dev.openaigateway.app;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class EarlyClassesTest {

    @Test
    void shouldNameClassesThatThereAre() {
        List<String> outdated = EarlyClasses.names().stream().filter(name -> !EarlyClasses.load(name)).toList();

        assertThat(EarlyClasses.names()).hasSizeGreaterThan(2_000).doesNotHaveDuplicates();
        assertThat(outdated).as("out of date; README says how to write the list anew").hasSizeLessThan(100);
    }

    @Test
    void shouldBearANameThatIsOutOfDate() {
        assertThat(EarlyClasses.load("dev.openaigateway.Forgotten")).isFalse();
    }
}

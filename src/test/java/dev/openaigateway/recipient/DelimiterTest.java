package dev.openaigateway.recipient;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DelimiterTest {

    private final Delimiter comma = new Delimiter(",");
    private final Delimiter word = new Delimiter(" AND ");

    @Test
    void shouldFindTheLastUri() {
        assertThat(comma.lastOf("direct:a, request:set?a=")).isEqualTo("request:set?a=");
        assertThat(word.lastOf("direct:a,b AND request:set?a=")).isEqualTo("request:set?a=");
        assertThat(Delimiter.NONE.lastOf("direct:a,b")).isEqualTo("direct:a,b");
    }

    @Test
    void shouldNotTrustCommasBesideParentheses() {
        assertThat(comma.isUnclear("log:a?marker=(a,direct:")).isTrue();
        assertThat(word.isUnclear("log:a?marker=(a,direct:")).isFalse();
        assertThat(new Delimiter("").isUnclear("direct:")).isTrue();
    }

    @Test
    void shouldSeeAPartOfTheDelimiter() {
        assertThat(new Delimiter("--").isTouchedBy("a-b")).isTrue();
        assertThat(new Delimiter("--").isTouchedBy("ab")).isFalse();
        assertThat(Delimiter.NONE.isTouchedBy("a,b")).isFalse();
    }
}

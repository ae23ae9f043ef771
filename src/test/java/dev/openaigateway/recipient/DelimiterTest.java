package dev.openaigateway.recipient;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DelimiterTest {

    private final Delimiter comma = new Delimiter(",", false);
    private final Delimiter word = new Delimiter(" AND ", false);

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
        assertThat(new Delimiter("", false).isUnclear("direct:")).isTrue();
    }

    @Test
    void shouldSeeAPartOfTheDelimiter() {
        assertThat(new Delimiter("--", false).isTouchedBy("a-b")).isTrue();
        assertThat(new Delimiter("--", false).isTouchedBy("ab")).isFalse();
        assertThat(Delimiter.NONE.isTouchedBy("a,b")).isFalse();
    }
}

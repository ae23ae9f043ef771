package dev.openaigateway.openai;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientQueryTest {

    @ParameterizedTest
    @CsvSource({
        "beta=true, beta=true", "a&b=&&c==, a&b=&c==", "?x=1, ?x=1", "a=%41%zz%, a=%41%25zz%25",
        "a=b c\"<>{|}\\^`#(), a=b%20c%22%3C%3E%7B%7C%7D%5C%5E%60%23%28%29", "'a=\u00c3\u00a9', a=%C3%A9", "'a=\u20ac', a=%E2%82%AC",
        "api-version=1&a=1&API_VERSION=2&apiVersion=3, a=1", "key&sig=x&a=1&Authorization=y, a=1", "keys=1&tokens=2, keys=1&tokens=2"
    })
    void shouldPassOnWhatIsForTheUpstream(String query, String passed) {
        assertThat(ClientQuery.passedOn(query)).isEqualTo(passed);
    }

    @ParameterizedTest
    @CsvSource({"a=1&api-version=2024-06-01&api-version=2, 2024-06-01", "api%2Dversion=v%31, v1", "api-version=%zz, %zz", "a=api-version, ", "api-version=, ''", "api-version, ''"})
    void shouldFindTheVersion(String query, String version) {
        assertThat(ClientQuery.version(query)).isEqualTo(version);
    }

    @Test
    void shouldPassOnNothingOfARequestWithoutAQuery() {
        assertThat(ClientQuery.passedOn(null)).isEmpty();
        assertThat(ClientQuery.passedOn("")).isEmpty();
    }
}

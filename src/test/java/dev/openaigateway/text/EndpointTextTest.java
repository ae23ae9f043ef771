package dev.openaigateway.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointTextTest {

    @ParameterizedTest
    @CsvSource({
        "direct:a, direct, direct:a, true",
        "direct://a, direct, direct:a, true",
        "direct:/a?block=false, direct, direct:a, true",
        "instance:*?tag=eu:1, instance, instance:*, false",
        "https://host/a?b=c, https, https:host/a, false",
        "request?action=set:x, request, request, false",
        "direct, direct, direct, false",
        "'', '', '', false",
    })
    void shouldReadSchemeAndBase(String uri, String scheme, String base, boolean isDirect) {
        assertThat(EndpointText.scheme(uri)).isEqualTo(scheme);
        assertThat(EndpointText.base(uri)).isEqualTo(base);
        assertThat(EndpointText.isDirect(uri)).isEqualTo(isDirect);
    }
}

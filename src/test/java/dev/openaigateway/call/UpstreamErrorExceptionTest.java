package dev.openaigateway.call;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamErrorExceptionTest {

    /** An error whose status is not known must reach the client all the same, and not as a success. */
    @ParameterizedTest
    @CsvSource({"404, 404", "529, 529", "399, 502", "200, 502", "0, 502", "-1, 502"})
    void shouldHaveAStatusOfAnError(int upstream, int sent) {
        assertThat(new UpstreamErrorException(upstream, new byte[0], null).status()).isEqualTo(sent);
    }
}

package dev.openaigateway.config.load;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecondsTest {

    @ParameterizedTest
    @CsvSource({ "60, 60000", "0.15, 150", "0.001, 1", "1.001, 1001", "007.5, 7500", "86400, 86400000", "86400.000, 86400000",
            "1e1, 10000", "+2, 2000", "5., 5000", ".5, 500", "1.5000000, 1500", "1500e-3, 1500", "00000000000060, 60000" })
    void shouldReadToTheMillisecond(String text, long millis) throws Exception {
        assertThat(Seconds.atLeast(0.001).read(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "abc", "-1", "0", "86400.001", "86400.0001", "999999999", "9999999999", "1e9", "NaN", "0x10",
            "1.2.3", "1,5", "10000000000000000000000000000000000000000" })
    void shouldRefuseWhatIsNoNumberOfSecondsInTheRange(String text) {
        assertThatThrownBy(() -> Seconds.atLeast(0.001).read(text)).isInstanceOf(InvalidValueException.class)
                .hasMessage("must be a number of seconds from 0.001 to 86400");
    }

    /** As other numbers that the unit cannot hold: a digit would be lost without a word. */
    @ParameterizedTest
    @ValueSource(strings = { "15.1234", "0.0009", "0.0019", "1.9999", "1.00000001", "1e-4" })
    void shouldRefuseMoreDecimalsThanAMillisecondHas(String text) {
        assertThatThrownBy(() -> Seconds.atLeast(0).read(text)).isInstanceOf(InvalidValueException.class)
                .hasMessage("must be a number of seconds with at most three decimals");
    }

    @ParameterizedTest
    @CsvSource({ "0, 0", "60000, 60", "150, 0.15", "1, 0.001", "86399999, 86399.999" })
    void shouldShowTheShortestNumber(long millis, String shown) {
        assertThat(Seconds.shown(Duration.ofMillis(millis))).hasToString(shown);
        assertThat(Seconds.text(Duration.ofMillis(millis))).isEqualTo(shown);
    }
}

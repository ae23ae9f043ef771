package dev.openaigateway.config;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

class KeyDigestTest {

    @Property
    void shouldBeEqualExactlyForEqualKeys(@ForAll String key, @ForAll String other) {
        assertThat(KeyDigest.of(key)).isEqualTo(KeyDigest.of(key)).hasSameHashCodeAs(KeyDigest.of(key));
        assertThat(KeyDigest.of(key).equals(KeyDigest.of(other))).isEqualTo(key.equals(other));
    }

    @Property
    void shouldBeReadAsItIsWritten(@ForAll String key) {
        assertThat(KeyDigest.parse(KeyDigest.of(key).written().replace("sha256:", "").toUpperCase(Locale.ROOT).transform("sha256:"::concat)))
                .isEqualTo(KeyDigest.of(key));
    }
}

package dev.openaigateway.security;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;

class KeyDigestTest {

    @Property
    void shouldBeEqualExactlyForEqualKeys(@ForAll String key, @ForAll String other) {
        assertThat(KeyDigest.of(key)).isEqualTo(KeyDigest.of(key)).hasSameHashCodeAs(KeyDigest.of(key));
        assertThat(KeyDigest.of(key).equals(KeyDigest.of(other))).isEqualTo(key.equals(other));
    }
}

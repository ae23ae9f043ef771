package dev.openaigateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeyDigestTest {

    @Property
    void shouldBeEqualExactlyForEqualKeys(@ForAll String key, @ForAll String other) {
        assertThat(KeyDigest.of(key)).isEqualTo(KeyDigest.of(key)).hasSameHashCodeAs(KeyDigest.of(key));
        assertThat(KeyDigest.of(key).equals(KeyDigest.of(other))).isEqualTo(key.equals(other));
    }
}

package dev.openaigateway.upstream.connection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TlsRecordsTest {

    private static final byte[] EMPTY = {22, 3, 3, 0, 0};
    private static final byte[] LONG = new byte[5 + 0x1ff];

    private final TlsRecords records = new TlsRecords();

    static {
        LONG[0] = 23;
        LONG[3] = 1;
        LONG[4] = (byte) 0xff;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void shouldDetectTheEndOfEachRecord(int atOnce) {
        for (byte[] record : new byte[][] {LONG, EMPTY, LONG}) {
            for (int at = 0; at < record.length; at += atOnce) {
                assertThat(records.inside()).isEqualTo(at > 0);
                records.read(record, at, Math.min(atOnce, record.length - at));
            }
            assertThat(records.inside()).isFalse();
        }
    }

    @Test
    void shouldTrackSeveralRecordsInOneRead() {
        byte[] both = new byte[1 + EMPTY.length + LONG.length];
        System.arraycopy(EMPTY, 0, both, 1, EMPTY.length);
        System.arraycopy(LONG, 0, both, 1 + EMPTY.length, LONG.length);

        records.read(both, 1, both.length - 2);
        assertThat(records.inside()).isTrue();

        records.read(both, both.length - 1, 1);
        assertThat(records.inside()).isFalse();
    }
}

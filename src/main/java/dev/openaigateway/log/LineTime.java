package dev.openaigateway.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Writes times of the system's zone, with milliseconds. Formats each second once (benchmark row "CPU per request"). Thread-safe. */
final class LineTime {

    private static final int SECOND = 1000;

    private final DateTimeFormatter format;
    private volatile Second latest = new Second(Long.MIN_VALUE, "");

    /** @param pattern of the time without its milliseconds */
    LineTime(String pattern) {
        format = DateTimeFormatter.ofPattern(pattern);
    }

    /** @param epoch seconds since 1970 */
    private record Second(long epoch, String text) {
    }

    void append(StringBuilder line, long epochMillis) {
        long epoch = Math.floorDiv(epochMillis, SECOND);
        Second second = latest;
        if (second.epoch != epoch) {
            second = new Second(epoch, format.format(Instant.ofEpochSecond(epoch).atZone(ZoneId.systemDefault())));
            latest = second;
        }
        int millis = (int) (epochMillis - epoch * SECOND);
        line.append(second.text).append('.').append((char) ('0' + millis / 100)).append((char) ('0' + millis / 10 % 10)).append((char) ('0' + millis % 10));
    }
}

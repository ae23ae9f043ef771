package dev.openaigateway.documents;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the tables of the settings with the ranges that the gateway accepts: it is asked with a number that is too small for all of them. */
class DocumentedRangesTest {

    private static final Environment EMPTY = new Environment(Map.of(), Path.of("/nonexistent"));
    private static final Pattern RANGE = Pattern.compile("must be a (whole number|number of seconds) from (\\S+) to (\\d+)");
    private static final Pattern LEAST = Pattern.compile("must be a whole number of at least ([1-9]\\d*)");
    private static final String LONGEST_TIME = "86400";

    @Test
    void shouldGiveTheRangeOfEachNumber() {
        List<String> missing = new ArrayList<>();
        int[] numbers = new int[1];
        for (List<String> row : DocumentTable.rows("settings")) {
            for (String key : keys(row.get(0))) {
                Optional<String> range = Stream.of(nested(key, "-1"), "instances: [ { name: a, " + nested(key, "-1") + " } ]")
                        .flatMap(yaml -> range(yaml, key).stream()).findFirst();
                numbers[0] += range.isPresent() ? 1 : 0;
                range.filter(text -> !row.get(row.size() - 1).contains(text)).ifPresent(text -> missing.add(key + ": " + text));
            }
        }

        assertThat(numbers[0]).isGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    /** The keys in a cell such as {@code `logging.max_size`, `.backup_count`} or {@code `routing.composite.{latency,health}`}. */
    private static List<String> keys(String cell) {
        List<String> keys = new ArrayList<>();
        String section = "";
        for (String name : DocumentTable.names(cell)) {
            String full = name.startsWith(".") ? section + name : name;
            section = full.replaceAll("\\.[^.]*$", "");
            Matcher several = Pattern.compile("(.*)\\{(.*)}").matcher(full);
            Stream<String> each = several.matches() ? Stream.of(several.group(2).split(",")).map(one -> several.group(1) + one) : Stream.of(full);
            each.filter(key -> key.matches("[a-z_.]+")).forEach(keys::add);
        }
        return keys;
    }

    private static String nested(String key, String value) {
        int dot = key.indexOf('.');
        return dot < 0 ? key + ": " + value : key.substring(0, dot) + ": { " + nested(key.substring(dot + 1), value) + " }";
    }

    /** The range as the page has it; empty if the key takes no number, if any of at least 0 will do, or for a time of up to a day. */
    private static Optional<String> range(String yaml, String key) {
        try {
            TestSettings.parse(yaml, EMPTY);
            return Optional.empty();
        } catch (InvalidSettingsException e) {
            return e.problems().stream().filter(problem -> problem.path().replaceAll("\\[\\d+]$", "").endsWith(key)).map(problem -> problem.requirement())
                    .flatMap(text -> Stream.concat(
                            RANGE.matcher(text).results().filter(found -> !found.group(3).equals(LONGEST_TIME))
                                    .map(found -> grouped(found.group(2)) + " to " + grouped(found.group(3))),
                            LEAST.matcher(text).results().map(found -> "at least " + grouped(found.group(1))))).findFirst();
        }
    }

    private static String grouped(String number) {
        return number.indexOf('.') < 0 ? String.format(Locale.ROOT, "%,d", Long.parseLong(number)) : number;
    }
}

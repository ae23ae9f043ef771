package dev.openaigateway.documents;

import dev.openaigateway.support.Documents;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of usage records has a column for each documented field, apart from those that the document names. */
class DocumentedColumnsTest {

    private static final Pattern TABLE = Pattern.compile("(?s)create table if not exists gateway_usage \\((.*?)\\)");
    private static final Pattern OTHERS = Pattern.compile("in place of `(\\w+)` it has `(\\w+)`(?:[^;.]*?and `(\\w+)`)?");

    @Test
    void shouldHaveAColumnForEachField() {
        Matcher created = TABLE.matcher(Documents.read(Path.of("routes", "events.camel.yaml")));
        assertThat(created.find()).isTrue();
        List<String> columns = Arrays.stream(created.group(1).split(",")).map(column -> column.strip().split("\\s")[0]).toList();
        String page = Documents.read(Path.of("docs", "events.md"));
        Set<String> fields = new TreeSet<>();
        DocumentTable.rows("events").stream().dropWhile(row -> !row.get(0).equals("field")).skip(1).takeWhile(row -> row.get(0).startsWith("`"))
                .forEach(row -> fields.addAll(DocumentTable.names(row.get(0))));

        OTHERS.matcher(page.replace('\n', ' ')).results().forEach(other -> {
            assertThat(fields.remove(other.group(1))).as(other.group(1)).isTrue();
            fields.add(other.group(2));
            if (other.group(3) != null) {
                fields.add(other.group(3));
            }
        });

        assertThat(columns).containsExactlyInAnyOrderElementsOf(fields);
    }
}

package dev.openaigateway.documents;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Documents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the links between the Markdown pages, with anchors as GitHub derives them from headings. */
class DocumentLinksTest {

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    static List<Path> pages() {
        return Documents.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToAPageAndAHeadingThatExist(Path page) {
        assertThat(links(page)).allSatisfy(link -> {
            Path target = target(page, link);
            assertThat(target).exists();
            if (link.contains("#")) {
                assertThat(anchors(target)).contains(link.substring(link.indexOf('#') + 1));
            }
        });
    }

    @Test
    void shouldReachEveryPageOfTheDocumentationFromTheReadme() {
        Set<Path> reached = new LinkedHashSet<>(Set.of(Documents.README));
        Deque<Path> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            Path page = next.pop();
            links(page).stream().map(link -> target(page, link)).filter(target -> target.toString().endsWith(".md"))
                    .filter(reached::add).forEach(next::add);
        }

        assertThat(pages()).hasSizeGreaterThan(15);
        assertThat(reached).containsAll(pages().stream().filter(page -> page.startsWith(Checkout.FOLDER.resolve("docs"))).toList());
    }

    @Test
    void shouldKeepTheReadmeShort() {
        assertThat(Documents.read(Documents.README).lines()).hasSizeLessThanOrEqualTo(150);
    }

    private static List<String> links(Path page) {
        String prose = CODE.matcher(withoutBlocks(page)).replaceAll("");
        return LINK.matcher(prose).results().map(link -> link.group(1)).filter(link -> !link.startsWith("http")).toList();
    }

    private static Path target(Path page, String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    private static List<String> anchors(Path page) {
        assertThat(Files.isRegularFile(page)).as(page.toString()).isTrue();
        return HEADING.matcher(withoutBlocks(page)).results().map(heading -> heading.group(1).toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "").replace(' ', '-')).toList();
    }

    private static String withoutBlocks(Path page) {
        return FENCED.matcher(Documents.read(page)).replaceAll("");
    }
}

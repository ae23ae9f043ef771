package dev.openaigateway.rules.yaml;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a quote that was not closed. To YAML such a text ends where the next quoted text begins, maybe many lines below,
 * and only what follows there is an error.
 *
 * @param line   starting at 1
 * @param column starting at 1
 */
record OpenQuote(int line, int column) {

    private static final Pattern BEGIN = Pattern.compile("(?:^\\s*(?:- )*|:\\s+|- )([\"'])");
    private static final Pattern NOTHING = Pattern.compile("\\s*[,}\\]]*\\s*(#.*)?");

    /** @param last the line of the error, starting at 1 */
    static Optional<OpenQuote> before(String text, int last) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < Math.min(last, lines.size()); i++) {
            Matcher begin = BEGIN.matcher(lines.get(i));
            if (begin.find() && end(lines.get(i), begin.start(1) + 1, begin.group(1)) < 0) {
                int closing = i + 1;
                while (closing < lines.size() && end(lines.get(closing), 0, begin.group(1)) < 0) {
                    closing++;
                }
                if (closing >= lines.size() || !NOTHING.matcher(lines.get(closing)
                        .substring(end(lines.get(closing), 0, begin.group(1)) + 1)).matches()) {
                    return Optional.of(new OpenQuote(i + 1, begin.start(1) + 1));
                }
                i = closing;
            }
        }
        return Optional.empty();
    }

    /** The position of the closing quote; -1 if there is none. */
    private static int end(String line, int from, String quote) {
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == '\\' && quote.equals("\"")) {
                i++;
            } else if (line.charAt(i) == quote.charAt(0)) {
                if (quote.equals("'") && line.startsWith("''", i)) {
                    i++;
                } else {
                    return i;
                }
            }
        }
        return -1;
    }
}

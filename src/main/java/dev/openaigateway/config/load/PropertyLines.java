package dev.openaigateway.config.load;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the keys of a properties file are. */
final class PropertyLines {

    private static final Pattern ENTRY = Pattern.compile("\\s*([^\\s=:#!\\\\][^\\s=:]*).*");

    private PropertyLines() {
    }

    /** The key whose entry begins in the line; empty if none does. */
    static String key(List<String> lines, int index) {
        boolean continued = index > 0 && lines.get(index - 1).endsWith("\\");
        Matcher entry = ENTRY.matcher(lines.get(index));
        return !continued && entry.matches() ? entry.group(1) : "";
    }

    /** The key of the entry to which the line belongs, which may begin in a line before; empty if it belongs to none. */
    static String entry(List<String> lines, int index) {
        int begin = index;
        while (begin > 0 && lines.get(begin - 1).endsWith("\\")) {
            begin--;
        }
        return key(lines, begin);
    }

    /** The number of the last line, from 1, in which an entry of the key begins, since that entry counts; 0 if none is found. */
    static int last(List<String> lines, String key) {
        for (int i = lines.size(); i > 0; i--) {
            if (key(lines, i - 1).equals(key)) {
                return i;
            }
        }
        return 0;
    }
}

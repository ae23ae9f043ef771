package dev.openaigateway.config.load;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A place in a YAML text that parsers report wrongly.
 *
 * @param line   from 1
 * @param column from 1
 */
public record YamlPlace(int line, int column) {

    private static final LoadSettings SETTINGS = LoadSettings.builder().setUseMarks(true).setCodePointLimit(RegularFile.LARGEST_SETTINGS).build();

    /** Of the innermost bracket that is open where the text is no YAML any more. A parser may report what it found behind the bracket. */
    public static Optional<YamlPlace> ofOpenBracket(String text) {
        Deque<CollectionStartEvent> open = new ArrayDeque<>();
        try {
            for (Event event : new Parse(SETTINGS).parseString(text)) {
                if (event instanceof CollectionStartEvent begin) {
                    open.push(begin);
                } else if (event instanceof CollectionEndEvent) {
                    open.pop();
                }
            }
        } catch (YamlEngineException e) {
            return Optional.ofNullable(open.peek()).filter(begin -> begin.getFlowStyle() == FlowStyle.FLOW).flatMap(Event::getStartMark).map(YamlPlace::of);
        }
        return Optional.empty();
    }

    /** Of the first of these characters. Parsers count from the beginning of what they have read last. */
    public static YamlPlace of(String text, int codePoint) {
        String before = text.substring(0, Math.max(0, text.indexOf(codePoint)));
        int begin = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
        return new YamlPlace(before.split("\\R", -1).length, before.length() - begin + 1);
    }

    private static YamlPlace of(Mark mark) {
        return new YamlPlace(mark.getLine() + 1, mark.getColumn() + 1);
    }
}

package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.YamlPlace;
import dev.openaigateway.config.load.YamlReason;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.Optional;

/** Parses YAML with the parser that Camel uses, and words its errors. */
public final class YamlText {

    private static final LoadSettings SETTINGS = LoadSettings.builder().setUseMarks(true).setMaxAliasesForCollections(AliasLimit.MOST).build();

    private YamlText() {
    }

    /** Empty if the text is empty, or not YAML: then it adds a problem. */
    public static Optional<Node> parse(String file, String text, Problems problems) {
        try {
            Optional<Node> tree = ForeignCode.call(() -> new Compose(SETTINGS).composeString(text));
            Optional<YamlFault> fault = ForeignCode.call(() -> tree.flatMap(Anchors::fault).or(() -> tree.flatMap(LostValues::first)));
            fault.ifPresent(found -> report(file, found, problems));
            return fault.isPresent() ? Optional.empty() : tree;
        } catch (MarkedYamlEngineException e) {
            YamlPlace place = where(e, text);
            Optional<OpenQuote> quote = OpenQuote.before(text, place.line());
            problems.at(file, quote.map(OpenQuote::line).orElse(place.line()), quote.map(OpenQuote::column).orElse(place.column())).says("the file")
                    .because("is not valid YAML: " + (quote.isPresent() ? YamlReason.OPEN_QUOTE : reason(e, text)));
        } catch (ReaderException e) {
            YamlPlace place = YamlPlace.of(text, e.getCodePoint());
            problems.at(file, place.line(), place.column()).says("the file").because("is not valid YAML: " + YamlReason.ofCharacter(e.getCodePoint()));
        } catch (YamlEngineException e) {
            Optional<YamlFault> alias = e.getMessage().contains("aliases") ? AliasLimit.first(SETTINGS, text) : Optional.empty();
            report(file, alias.orElseGet(() -> new YamlFault(Optional.empty(), e.getMessage().replaceAll("\\s*\\R\\s*", " "))), problems);
        } catch (ForeignCodeException e) {
            problems.at(file, 0, 0).says("the file").because(e.isTooDeep() ? "is nested too deeply" : "cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static void report(String file, YamlFault fault, Problems problems) {
        problems.at(file, fault.mark().map(Mark::getLine).orElse(-1) + 1, fault.mark().map(Mark::getColumn).orElse(-1) + 1).says("the file")
                .because("is not valid YAML: " + fault.reason());
    }

    /** Reports an open quote or bracket where it begins, any other error where the parser stopped. */
    private static YamlPlace where(MarkedYamlEngineException e, String text) {
        String context = String.valueOf(e.getContext());
        Optional<Mark> begin = YamlReason.isOpen(context) ? e.getContextMark() : Optional.empty();
        Mark mark = begin.or(e::getProblemMark).or(e::getContextMark).orElseThrow(() -> e);
        Optional<YamlPlace> bracket = YamlReason.isOpenBracket(context) ? YamlPlace.ofOpenBracket(text) : Optional.empty();
        return bracket.orElseGet(() -> new YamlPlace(mark.getLine() + 1, mark.getColumn() + 1));
    }

    private static String reason(MarkedYamlEngineException e, String text) {
        return YamlReason.of(String.valueOf(e.getContext()), String.valueOf(e.getProblem()), Indentation.hint(text, e.getProblemMark().map(Mark::getLine).orElse(0) + 1));
    }

    /** Returns the text of a scalar; null for another node. */
    public static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    public static String key(NodeTuple entry) {
        return text(entry.getKeyNode());
    }
}

package dev.openaigateway.rules.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds the alias that is one too many for the parser, which does not say where it is. */
final class AliasLimit {

    /** Also the limit of Camel. */
    static final int MOST = 50;

    private AliasLimit() {
    }

    /** Empty if the text does not have so many. */
    static Optional<YamlFault> first(LoadSettings settings, String text) {
        Set<Anchor> ofCollections = new HashSet<>();
        int count = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent collection) {
                collection.getAnchor().ifPresent(ofCollections::add);
            } else if (event instanceof AliasEvent alias && ofCollections.contains(alias.getAlias()) && ++count > MOST) {
                return Optional.of(new YamlFault(alias.getStartMark(), "a file may have at most " + MOST + " aliases of lists and objects"));
            }
        }
        return Optional.empty();
    }
}

package dev.openaigateway.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One step of a rule that a dry run reached, and what it did or would do. Thread-safe. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"at", "route", "id", "step", "detail", "branch", "changes", "notes"})
public final class RuleStep {

    /** A value before and after a step; null if there is none. */
    public record Change(Object from, Object to) {
    }

    /**
     * The place of a step in the rules.
     *
     * @param at     file and line; null if unknown
     * @param route  the id of the route
     * @param id     the id that the rule gives the step; null if it gives none
     * @param step   the kind of step, such as {@code setBody}
     * @param detail expression, endpoint or message; null if there is none
     * @param name   the step in logs and traces, such as {@code routing/cheap} or {@code routing:24}
     * @param branch the branch that holds the step, such as {@code when ${header.x-team} == 'research'}; null outside a branch
     */
    public record Place(String at, String route, String id, String name, String step, String detail, String branch) {

        /** The step in messages, such as {@code step 'cheap' of route 'routing' (routing.camel.yaml:24)}. */
        public String text() {
            return (id == null ? "a step" : "step '" + id + "'") + (route == null ? "" : " of route '" + route + "'")
                    + (at == null ? "" : " (" + at + ")");
        }
    }

    private final Place place;
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>(1);

    public RuleStep(Place place) {
        this.place = place;
    }

    /** @param changed what the step changed of the request, by name, such as {@code model} or {@code header.x-team} */
    public synchronized void changed(Map<String, Change> changed) {
        changes.putAll(changed);
    }

    /** Adds one sentence. */
    public synchronized void note(String sentence) {
        notes.add(sentence);
    }

    @JsonProperty
    public String at() {
        return place.at();
    }

    @JsonProperty
    public String route() {
        return place.route();
    }

    @JsonProperty
    public String id() {
        return place.id();
    }

    @JsonProperty
    public String step() {
        return place.step();
    }

    @JsonProperty
    public String detail() {
        return place.detail();
    }

    @JsonProperty
    public String branch() {
        return place.branch();
    }

    @JsonProperty
    public synchronized Map<String, Change> changes() {
        return new LinkedHashMap<>(changes);
    }

    @JsonProperty
    public synchronized List<String> notes() {
        return List.copyOf(notes);
    }
}

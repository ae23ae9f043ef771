package dev.openaigateway.openai;

/** Where a choice has a text. Some upstreams send the same text in several places: the first that has one counts. */
public enum ChoicePlace {
    DELTA,
    MESSAGE,
    /** In a member of the choice itself, as in completions. */
    CHOICE
}

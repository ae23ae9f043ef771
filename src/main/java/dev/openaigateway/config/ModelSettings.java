package dev.openaigateway.config;

import java.util.Optional;

/**
 * A public name of a model, or further facts about a model that instances serve.
 *
 * @param name            the name that clients use
 * @param target          the model, or another public name, that requests for this name ask for; empty: the name is itself a model
 * @param displayName     for people; listed with the model
 * @param maxInputTokens  maximum tokens of a prompt, on all instances; 0: no limit beyond theirs
 * @param maxOutputTokens maximum tokens of a response, listed with the model; 0: unknown
 * @param hidden          whether the list of models omits it; requests for it still work
 */
public record ModelSettings(String name, Optional<String> target, Optional<String> displayName, long maxInputTokens,
                            long maxOutputTokens, boolean hidden) {
}

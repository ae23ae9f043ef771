package dev.openaigateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.config.load.SettingsChange;
import dev.openaigateway.openai.HttpErrors;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents and actions under {@code /config}. Thread-safe. */
public final class ConfigDocuments {

    /** The result of an action. */
    record ActionResult(String status, List<ShownChange> changes) {

        static ActionResult of(String status, List<SettingsChange> changes) {
            return new ActionResult(status, changes.stream().map(ShownChange::of).toList());
        }
    }

    private final SettingsAdmin administration;
    private final ChangeLog changeLog;

    public ConfigDocuments(SettingsAdmin administration, ChangeLog changeLog) {
        this.administration = administration;
        this.changeLog = changeLog;
    }

    /** The active settings with secrets masked, and the origin of each value. */
    public Object show(AdminRequest request) {
        LoadedSettings current = administration.current();
        return Map.of("source", current.description(), "settings", current.shown(), "origins", current.origins());
    }

    public Object reload(AdminRequest request) {
        return run(() -> {
            List<SettingsChange> changes = administration.reload();
            changeLog.made(request, "reload", null, changes);
            return ActionResult.of("reloaded", changes);
        });
    }

    /**
     * Rejects an empty body: curl sends a form by default, and its body is not kept. Each use is recorded before it begins, since rules
     * are code, which runs when they are built.
     */
    public Object validate(AdminRequest request) {
        if (request.body().isBlank()) {
            throw HttpErrors.unsupportedMediaType("text/yaml or application/json, and the body not empty").exception();
        }
        changeLog.asked(request, "validate");
        return run(() -> {
            Optional<Map<String, String>> files = GivenFiles.in(request.body());
            return new Valid("valid", ShownProblem.all(files.isPresent() ? administration.validate(files.get()) : administration.validate(request.body())));
        });
    }

    /** Runs an action; 400 with each problem if the settings are invalid. */
    static Object run(SettingsAction action) {
        try {
            return action.run();
        } catch (InvalidSettingsException e) {
            return new JsonResponder.Reply(400, Map.of("error", new SettingsError(e.getMessage(), "invalid_request_error", null,
                    "invalid_settings", ShownProblem.all(e.problems()), ShownProblem.all(e.warnings()))));
        }
    }

    /** An action on settings. */
    interface SettingsAction {

        Object run() throws InvalidSettingsException;
    }

    private record Valid(String status, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ShownProblem> warnings) {
    }

    private record SettingsError(String message, String type, String param, String code, List<ShownProblem> problems,
                                 @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ShownProblem> warnings) {
    }

    private record ShownProblem(String source, String path, String value, String rule, String nearest) {

        static List<ShownProblem> all(List<Problem> problems) {
            return problems.stream().map(problem -> new ShownProblem(problem.source(), problem.path(), problem.value().orElse(null),
                    problem.requirement(), problem.nearest().orElse(null))).toList();
        }
    }
}

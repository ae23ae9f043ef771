package dev.openaigateway.dashboard;

import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.security.AdminAccess;
import dev.openaigateway.server.RequestHeaders;

import java.util.Map;

/** Responds whether the page has to request a token. Does not check a token, so none can be guessed here. Thread-safe. */
public final class PageAccess {

    private final Derived<AdminAccess> access;

    public PageAccess(Derived<AdminAccess> access) {
        this.access = access;
    }

    /** {@code token} is {@code required}, {@code not_required}, or {@code refused} if none would help. */
    public Object show(AdminRequest request) {
        AdminAccess now = access.get();
        boolean isAdmitted = now.admitsWithoutToken(new RequestHeaders(request.http()), request.http().remoteAddress().hostAddress());
        return Map.of("token", isAdmitted ? "not_required" : now.hasToken() ? "required" : "refused");
    }
}

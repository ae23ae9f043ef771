package dev.openaigateway.rules.yaml;

import java.io.Serial;

/** A placeholder of a vault whose library is absent. */
final class AbsentVaultException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String placeholder;

    AbsentVaultException(String placeholder, String need) {
        super(placeholder + " " + need);
        this.placeholder = placeholder;
    }

    String placeholder() {
        return placeholder;
    }
}

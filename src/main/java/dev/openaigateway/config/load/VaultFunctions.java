package dev.openaigateway.config.load;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Camel's functions for placeholders whose value is in a vault, such as {@code {{hashicorp:secret:bank/token}}}, and the libraries that have them. */
public final class VaultFunctions {

    private static final String RESOURCE = "META-INF/services/org/apache/camel/properties-function/";
    private static final Map<String, String> LIBRARIES = Map.of("aws", "camel-aws-secrets-manager", "azure", "camel-azure-key-vault",
            "gcp", "camel-google-secret-manager", "hashicorp", "camel-hashicorp-vault", "cyberark", "camel-cyberark-vault",
            "ibm", "camel-ibm-secrets-manager", "secret", "camel-kubernetes", "secret-binary", "camel-kubernetes",
            "configmap", "camel-kubernetes", "configmap-binary", "camel-kubernetes");

    private VaultFunctions() {
    }

    public static Set<String> names() {
        return LIBRARIES.keySet();
    }

    /** The end of a sentence about a placeholder with a function whose library is absent; empty for a name that is none of these functions. */
    public static Optional<String> need(String function) {
        return Optional.ofNullable(LIBRARIES.get(function))
                .map(library -> "needs " + library + " in the folder 'ext'; without it the value would be the text after the colon");
    }

    /** What a class path with the function has. */
    public static String resource(String function) {
        return RESOURCE + function;
    }

    /** Whether the class path has the function, apart from the folder {@code ext}. */
    static boolean isOnClassPath(String function) {
        return VaultFunctions.class.getClassLoader().getResource(resource(function)) != null;
    }
}

package dev.openaigateway.identity;

import dev.openaigateway.config.IdentitySettings;
import dev.openaigateway.config.IdentitySettings.Type;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the environment lacks is named by its variable, and no value of a variable is shown. */
class AccessTokenCallsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "managed       | IDENTITY_ENDPOINT=http://h/msi          | IDENTITY_HEADER must be set, since IDENTITY_ENDPOINT is set",
        "managed       | IDENTITY_ENDPOINT=h IDENTITY_HEADER=x   | IDENTITY_ENDPOINT must be a URL with a host",
        "managed       | AZURE_POD_IDENTITY_AUTHORITY_HOST=h     | AZURE_POD_IDENTITY_AUTHORITY_HOST must be a URL with a host",
        "client_secret | AZURE_CLIENT_ID=c AZURE_TENANT_ID=t     | the identity needs client_secret (AZURE_CLIENT_SECRET)",
        "client_secret | AZURE_CLIENT_SECRET=s AZURE_CLIENT_ID=c AZURE_TENANT_ID=t AZURE_AUTHORITY_HOST=h        | AZURE_AUTHORITY_HOST must be a URL with a host",
        "client_secret | AZURE_CLIENT_SECRET=s AZURE_CLIENT_ID=c AZURE_TENANT_ID=t AZURE_AUTHORITY_HOST=http://h | AZURE_AUTHORITY_HOST must be an https URL",
        "workload      | AZURE_FEDERATED_TOKEN_FILE=/nonexistent | the file of token_file (AZURE_FEDERATED_TOKEN_FILE) cannot be read"})
    void shouldNameTheVariableThatIsMissingOrWrong(String type, String variables, String message) {
        Map<String, String> environment = Arrays.stream(variables.split(" ")).map(each -> each.split("=", 2)).collect(Collectors.toMap(each -> each[0], each -> each[1]));
        IdentitySettings identity = TestSettings.of("instances: [ { name: a, api_base: 'http://h', identity: " + type + " } ]")
                .instances().get(0).identity().orElseThrow();

        assertThatThrownBy(() -> new AccessTokenCalls(name -> Optional.ofNullable(environment.get(name))).of(identity, Type.valueOf(type.toUpperCase(Locale.ROOT))))
                .isInstanceOf(NoTokenException.class).hasMessage(message);
    }
}

package dev.openaigateway.config.load;

import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.support.TestSettings;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RefusedSettingsTest {

    private static final Environment ENVIRONMENT = new Environment(Map.of("HIDDEN", "hidden-value"), Path.of("/nonexistent"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port: 70000                                    | text:1: port "70000" must be a whole number from 0 to 65535
            port: 1.5                                      | text:1: port "1.5" must be a whole number from 0 to 65535
            host: "not a host!"                            | text:1: host "not a host!" must be an IP address or a host name such as gateway.example, without a scheme and a port
            host: "http://127.0.0.1"                       | text:1: host "http://127.0.0.1" must be an IP address or a host name such as gateway.example, without a scheme and a port
            host: "h:80"                                   | text:1: host "h:80" must be an IP address or a host name such as gateway.example, without a scheme and a port
            clients: { keys: { a: x } }                    | text:1: clients.keys must be a list
            clients: { keys: ["first\\nsecond"] }           | text:1: clients.keys[0].key "****" must be one line, without control characters
            admin: { token: "first\\nsecond" }              | text:1: admin.token "****" must be one line, without control characters
            instances: [{ name: a, api_key: k, api_base: "http://h", api_version: latest }] | text:1: instances[0].api_version "latest" must be v1, preview or a date such as 2024-10-21 or 2025-04-01-preview
            port: [1]                                      | text:1: port must be a single value
            routing: fast                                  | text:1: routing must be an object
            routing: { timeout: 0 }                        | text:1: routing.timeout "0" must be a number of seconds from 0.001 to 86400
            admin: { token: a, monitor_token: " a " }      | text:1: admin.monitor_token must differ from admin.token, which may change everything
            rate_limit: { enabled: maybe }                 | text:1: rate_limit.enabled "maybe" must be true or false
            rate_limit: { use_redis: true }                | text:1: rate_limit.use_redis "true" needs redis_url (REDIS_URL) to be set
            rate_limit: { redis_url: "http://u:p@h" }      | text:1: rate_limit.redis_url "****" must be a Redis URL such as redis://localhost:6379 or rediss://:password@host:6380/0
            rate_limit: { redis_timeout: 150 }             | text:1: rate_limit.redis_timeout "150" must be a number of seconds from 0.01 to 5
            rate_limit: { redis_url: "redis://h:port" }    | text:1: rate_limit.redis_url "****" must name each host as host or host:port, with a port from 1 to 65535
            clients: { trusted_proxies: ["010.0.0.1"] }    | text:1: clients.trusted_proxies[0] "010.0.0.1" must be an IP address or a range such as 10.0.0.0/8
            logging: { level: LOUD }                       | text:1: logging.level "LOUD" must be one of TRACE, DEBUG, INFO, WARN, ERROR
            tls: { certificate: /nonexistent, key: pom.xml } | text:1: tls.certificate "/nonexistent" must be a file that exists and can be read
            tls: { keystore: pom.xml, client_auth: require } | text:1: tls.client_ca must name the authorities that sign certificates of clients, since client_auth is set
            tls: { certificate: pom.xml }                  | text:1: tls.key must have a value: certificate and key belong together
            tls: { client_auth: none }                     | text:1: tls.certificate must be set, together with key, or else keystore must be set
            tls: { keystore: pom.xml, passwort: x }        | text:1: tls.passwort is not a known key; did you mean "password"?
            clients: { keys: [a, a] }                      | text:1: clients.keys[1].key "****" is already a key of client 'client-1'; keys must be unique
            clients: { keys: [{ name: x, key: a }, " a "] } | text:1: clients.keys[1].key "****" is already a key of client 'x'; keys must be unique
            clients: { keys: [{ name: anonymous, key: a }] } | text:1: clients.keys[0].name "anonymous" stands for requests without a key; give the client another name
            clients: { keys: [{ name: x }] }               | text:1: clients.keys[0].key must have a value
            clients: { keys: [{ name: x, hash: my-key }] } | text:1: clients.keys[0].hash "****" must be sha256: and the 64 hexadecimal digits of the key's SHA-256
            clients: { keys: [{ key: a, expires: tomorrow }] } | text:1: clients.keys[0].expires "tomorrow" must be a date such as 2026-12-31, or a time with its zone such as 2026-12-31T18:00:00Z
            clients: { keys: [{ name: x, keys: [a], expires: 2026-12-31 }] } | text:1: clients.keys[0].expires belongs to a key; write it in the elements of keys
            clients: { keys: [{ keys: [{ key: a, expire: 2026-12-31 }] }] } | text:1: clients.keys[0].keys[0].expire is not a known key; did you mean "expires"?
            clients: { keys: [a, { keys: [b, a] }] }       | text:1: clients.keys[1].keys[1].key "****" is already a key of client 'client-1'; keys must be unique
            clients: { issued: { x: [{ hash: "", created: 2026-12-31 }] } } | text:1: clients.issued.x[0].hash must have a value
            clients: { issued: { x: [{ hash: "sha256:0000000000000000000000000000000000000000000000000000000000000000" }] } } | text:1: clients.issued.x[0].created must have a value
            clients: { revoked: { abc: 2026-12-31 } }      | text:1: clients.revoked must have as keys sha256: and the 64 hexadecimal digits of a key's SHA-256
            clients: { trusted_proxies: [localhost] }      | text:1: clients.trusted_proxies[0] "localhost" must be an IP address or a range such as 10.0.0.0/8
            clients: { trusted_proxies: ["10.0.0.0/33"] }  | text:1: clients.trusted_proxies[0] "10.0.0.0/33" must be an IP address or a range such as 10.0.0.0/8
            routing: { composite: { latency: 0, utilisation: 0, health: 0 } } | text:1: routing.composite.health "0" must be above 0 when latency and utilisation are 0
            clients: { header: "a b" }                     | text:1: clients.header "a b" must be the name of an HTTP header
            ruoting: {}                                    | text:1: ruoting is not a known key; did you mean "routing"?
            instances: {}                                  | text:1: instances must be a list
            instances: [{ api_key: k }]                    | text:1: instances[0] must have a name
            instances: [{ name: a b, api_key: k, api_base: "http://h" }] | text:1: instances[0].name "a b" must consist of letters, digits, dot, hyphen and underscore
            instances: [{ name: a }, { name: a }]          | text:1: instances[1].name "a" is the name of an earlier instance; names must be unique
            instances: [{ name: a, api_base: "http://h" }] | text:1: instances[0].api_key must have a value for an instance of type azure, or identity must be set
            instances: [{ name: a, api_key: k, api_base: "http://h", health_path: /a%zz }] | text:1: instances[0].health_path "/a%zz" must be a path that begins with /, of at most 2000 characters
            instances: [{ name: a, api_key: k, api_base: "http://h", identity: managed }] | text:1: instances[0].identity must not be set together with api_key
            instances: [{ name: a, api_key: k, api_base: "http://h/v1/chat/completions" }] | text:1: instances[0].api_base "http://h/v1/chat/completions" must be the address of an Azure resource, such as https://RES.openai.azure.com; this API needs provider_type: generic
            instances: [{ name: a, api_key: k, api_base: "http://h/team/models/chat/completions" }] | text:1: instances[0].api_base "http://h/team/models/chat/completions" must be the address of an Azure resource, such as https://RES.openai.azure.com; this API needs provider_type: generic
            instances: [{ name: a, api_key: k, api_base: "https://m.eastus2.models.AI.azure.com" }] | text:1: instances[0].api_base "https://m.eastus2.models.AI.azure.com" must be the address of an Azure resource, such as https://RES.openai.azure.com; this API needs provider_type: generic
            instances: [{ name: a, provider_type: generic, api_base: "http://h?key=geheim" }] | text:1: instances[0].api_base "http://h?key=****" must have no key in its query, since addresses are shown; use api_key or headers
            instances: [{ name: a, provider_type: generic, api_base: "http://me:geh@im@h/v1?v=1" }] | text:1: instances[0].api_base "http://****@h/v1?v=****" must be an http or https URL with a host, without user, query and fragment
            instances: [{ name: a, provider_type: generic, api_base: "http://h", forward_headers: [Cookie] }] | text:1: instances[0].forward_headers[0] "Cookie" is a header that never leaves the gateway
            instances: [{ name: a, provider_type: generic, api_base: "http://h", headers: { Host: x } }] | text:1: instances[0].headers.Host is a header that the gateway sets itself
            instances: [{ name: a, provider_type: generic, api_base: "http://h", headers: { "a b": x } }] | text:1: instances[0].headers.a b must be the name of an HTTP header
            instances: [{ name: a, provider_type: generic, api_base: "http://h", headers: { x-team: "aäb" } }] | text:1: instances[0].headers.x-team "aäb" must be printable ASCII characters, without line breaks
            instances: [{ name: a, api_key: k, api_base: "http://h:99999" }] | text:1: instances[0].api_base "http://h:99999" must have a host of letters, digits, dots and hyphens, and as port, if it has one, a number from 1 to 65535
            instances: [{ name: a, api_key: k }]           | text:1: instances[0] must have a value for api_base
            """)
    void shouldReportLocationValueAndRule(String yaml, String message) {
        assertThat(problems(yaml)).extracting(Problem::message).containsExactly(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h", "h.example", "https://", "https://:443", "https://user:pw@h", "https://h#x", "ht tp://h"})
    void shouldRefuseAddress(String address) {
        assertThat(problems("instances: [{ name: a, api_key: k, api_base: '" + address + "' }]"))
                .extracting(Problem::requirement)
                .containsExactly("must be an http or https URL with a host, without user, query and fragment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://my_host:8080", "http://h:port", "https://YOUR_RESOURCE.openai.azure.com"})
    void shouldRefuseAnUpstreamWhoseHostCannotBeRead(String address) {
        // when
        List<Problem> problems = problems("""
                instances: [{ name: a, api_key: k, api_base: '%s', targets: { m: { embeddings: { base_url: '%s' } } } }]
                """.formatted(address, address));
        // then
        assertThat(problems).hasSize(2).extracting(Problem::requirement)
                .containsOnly("must have a host of letters, digits, dots and hyphens, and as port, if it has one, a number from 1 to 65535");
    }

    @Test
    void shouldRefuseRepeatedKeys() {
        assertThat(problems("port: 1\nport: 2\n")).extracting(Problem::message)
                .containsExactly("text:2:1: port is given twice");
    }

    @Test
    void shouldReportLineAndColumnOfBrokenYamlWithoutQuotingIt() {
        assertThat(problems("instances:\n  - api_key: [sk-secret\n")).singleElement().satisfies(problem -> {
            assertThat(problem.message()).startsWith("text:2:14: is not valid YAML: the list or object in brackets that begins here has no end").doesNotContain("sk-secret");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"tls: { certificate: none.pem, key: pom.xml } | certificate \"none.pem\" must be a file that exists and can be read",
        "tls: { certificate: pom.xml, key: '${HIDDEN}' } | key \"${HIDDEN}\" must be a file that exists and can be read",
        "logging: { file: pom.xml/a.log } | file \"pom.xml/a.log\" must be a file that can be written"})
    void shouldNameTheFolderOfRelativeFilesAndNoValueOfAVariable(String yaml, String message) {
        assertThat(problems(yaml)).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("." + message + ", in the folder " + Path.of("").toAbsolutePath() + " if its name is relative"));
    }

    @Test
    void shouldNotQuoteValuesOfPlaceholders() {
        assertThat(problems("port: ${HIDDEN}")).extracting(Problem::message)
                .containsExactly("text:1: port \"${HIDDEN}\" must be a whole number from 0 to 65535");
    }

    @Test
    void shouldRefuseExponentiallyExpandingYaml() {
        String bomb = "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d]\n";

        String larger = bomb.replace("*c,", "*c,*c,*c,*c,").replace("*d,", "*d,".repeat(20));
        assertThat(problems(larger)).extracting(Problem::message).singleElement().asString().contains("is not valid YAML: its aliases stand for more than 100000 nodes");
        assertThat(problems("a: &a [*a]")).extracting(Problem::message).containsExactly("text:1:4: is nested too deeply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "192.168.1.7", "::1", "fd00::/8"})
    void shouldAcceptAddressRanges(String range) throws Exception {
        assertThat(TestSettings.parse("clients: { trusted_proxies: ['" + range + "'] }", ENVIRONMENT).clients().trustedProxies())
                .containsExactly(range);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, http://localhost:3010", "::, http://localhost:3010", "fd00::1, http://[fd00::1]:3010", "my_host.example, http://my_host.example:3010"})
    void shouldMakeAnAddressOfEachHost(String host, String address) throws Exception {
        assertThat(TestSettings.parse("host: '" + host + "'", ENVIRONMENT).baseUrl()).isEqualTo(address);
    }

    @Test
    void shouldNameTheInstanceModelAndOperationThatIsMeant() {
        assertThat(problems("""
                routing: { default_model: gpt-4o-mni }
                instances:
                  - { name: azure-east, provider_type: generic, api_base: "http://h", supported_models: [gpt-4o-mini], targets: { gpt-4o-mini: { embedings: { timeout: 5 } } } }
                  - { name: azure-eats, provider_type: generic, supported_models: [x] }
                """)).extracting(Problem::message).satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).startsWith("text:1: routing.default_model \"gpt-4o-mni\" is no model that an instance serves")
                                .endsWith("did you mean \"gpt-4o-mini\"?"),
                        message -> assertThat(message).startsWith("text:3: instances[0].targets.gpt-4o-mini.embedings must be an operation (chat/completions, ")
                                .endsWith("did you mean \"embeddings\"?"),
                        message -> assertThat(message).isEqualTo("text:4: instances[1] must have a value for api_base; did you mean \"azure-east\"?"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MODEL_ALIASES | smart=gpt-4o,smart=gpt-4 | "smart" is given twice; names must be unique
            API_INSTANCES | a, a                     | "a" is given twice; names must be unique
            DEMO          | ja                       | "ja" must be true or false
            """)
    void shouldRefuseVariablesThatContradictThemselves(String variable, String value, String problem) {
        assertThatThrownBy(() -> Example.load(Map.of(variable, value))).hasMessage("environment: " + variable + " " + problem);
    }

    @ParameterizedTest
    @CsvSource({"app.example.com, https://app.example.com", "https://b.example.com/, https://b.example.com", "https://App.example.com, https://app.example.com",
        "https://b.example.com:443, https://b.example.com", "http://b.example.com:80, http://b.example.com", "https://*.example.org,", "null,",
        "https://b.example.com/app,", "https://b.example.com?x,", "https://me@b.example.com,"})
    void shouldRefuseAnOriginThatNoBrowserSends(String origin, String meant) {
        assertThat(problems("cors: { allowed_origins: ['*', '" + origin + "'] }")).singleElement().satisfies(problem -> {
            assertThat(problem.message()).startsWith("text:1: cors.allowed_origins[1] ").contains("must be an origin as browsers send it");
            assertThat(problem.nearest().orElse(null)).isEqualTo(meant);
        });
    }

    @Test
    void shouldAcceptOriginsOfBrowsersAndExtensions() throws Exception {
        assertThat(TestSettings.parse("cors: { allowed_origins: ['*', 'http://localhost:8080', 'https://[::1]:3000', 'chrome-extension://abc', 'http://h:8443'] }",
                ENVIRONMENT).cors().allowedOrigins()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h:4318", "http://h:4318/", "http://h:4318/v1/traces", "http://h:4318/v1/traces/"})
    void shouldAcceptTheAddressOfACollectorWithAndWithoutThePathOfTraces(String address) throws Exception {
        assertThat(TestSettings.parse("traces: { endpoint: '" + address + "' }", ENVIRONMENT).traces().endpoint()).contains("http://h:4318");
    }

    @Test
    void shouldSupportAnchorsAndMergeKeys() throws Exception {
        Settings settings = TestSettings.parse("""
                instances:
                  - &first { name: a, api_key: k, api_base: "https://a", weight: 7 }
                  - { <<: *first, name: b }
                """, ENVIRONMENT);

        assertThat(settings.instances()).extracting(instance -> instance.name() + instance.weight()).containsExactly("a7", "b7");
    }

    @Test
    void shouldRefuseInvalidEnvironmentName() {
        Environment environment = new Environment(Map.of("ENVIRONMENT", "../x"), Path.of("/nonexistent"));

        assertThatThrownBy(() -> TestSettings.loader(environment).load())
                .hasMessage("environment: ENVIRONMENT \"../x\" must consist of letters, digits, dot, hyphen and underscore");
    }

    /** Any text yields either settings or displayable problems. */
    @Property(tries = 500)
    void shouldNeverThrowAnyOtherException(@ForAll String text) {
        try {
            assertThat(TestSettings.parse(text, ENVIRONMENT)).isNotNull();
        } catch (InvalidSettingsException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    private static List<Problem> problems(String yaml) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> TestSettings.parse(yaml, ENVIRONMENT)).problems();
    }
}

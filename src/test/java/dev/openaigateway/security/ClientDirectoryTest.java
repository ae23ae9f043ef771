package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.config.ClientKey;
import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.KeyDigest;
import dev.openaigateway.config.KeyedClient;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ClientDirectoryTest {

    @Test
    void shouldFindTheClientOfEachKey() {
        ClientDirectory directory = directory("x-key", key("alice", "sk-a"), key("bob", "sk-b"));

        assertThat(find(directory, Headers.of("x-key", "sk-a"))).contains("alice");
        assertThat(find(directory, Headers.of("Authorization", "Bearer sk-b"))).contains("bob");
        assertThat(find(directory, Headers.of("authorization", "bearer  sk-b "))).contains("bob");
        assertThat(find(directory, Headers.of("api-key", "sk-b"))).contains("bob");
    }

    @Test
    void shouldPreferTheConfiguredHeaderThenBearerThenApiKey() {
        ClientDirectory directory = directory("x-key", key("alice", "sk-a"), key("bob", "sk-b"), key("carol", "sk-c"));

        assertThat(find(directory, Headers.of("api-key", "sk-c", "Authorization", "Bearer sk-b", "x-key", "sk-a")))
                .contains("alice");
        assertThat(find(directory, Headers.of("api-key", "sk-c", "Authorization", "Bearer sk-b"))).contains("bob");
    }

    @Test
    void shouldTryTheNextHeaderWhenTheFirstHasAForeignKey() {
        ClientDirectory directory = directory("api-key", key("alice", "sk-a"));

        assertThat(find(directory, Headers.of("api-key", "dummy", "Authorization", "Bearer sk-a"))).contains("alice");
    }

    @Test
    void shouldNotFindKeysThatAreOnlyNearOrInAnotherScheme() {
        ClientDirectory directory = directory("api-key", key("alice", "sk-a"));

        for (String near : List.of("sk-A", "sk-", "sk-ab", "alice", "sk-a,sk-a")) {
            assertThat(find(directory, Headers.of("api-key", near))).as(near).isEmpty();
        }
        assertThat(find(directory, Headers.of("Authorization", "Basic sk-a"))).isEmpty();
        assertThat(find(directory, Headers.of("Authorization", "sk-a"))).isEmpty();
        assertThat(directory.keys(Headers.of("api-key", "  ", "Authorization", "Bearer "))).isEmpty();
    }

    @Test
    void shouldReadBearerWhenAuthorizationIsTheConfiguredHeader() {
        ClientDirectory directory = directory("Authorization", key("alice", "sk-a"));

        assertThat(directory.keys(Headers.of("Authorization", "Bearer sk-a"))).containsExactly("sk-a");
        assertThat(find(directory, Headers.of("Authorization", "Bearer sk-a"))).contains("alice");
    }

    @Test
    void shouldReadEachHeaderOnce() {
        ClientDirectory directory = directory("API-Key", key("alice", "sk-a"));

        assertThat(directory.keys(Headers.of("api-key", "sk-x"))).containsExactly("sk-x");
    }

    @Test
    void shouldFindEveryOneOfManyClients() {
        KeyedClient[] clients = IntStream.range(0, 5_000).mapToObj(i -> key("client-" + i, "sk-" + i)).toArray(KeyedClient[]::new);
        ClientDirectory directory = directory("api-key", clients);

        assertThat(IntStream.range(0, 5_000)).allSatisfy(i ->
                assertThat(find(directory, Headers.of("api-key", "sk-" + i))).contains("client-" + i));
    }

    @Test
    void shouldCarryLimitsAndModels() {
        ClientDirectory directory = directory("api-key",
                new KeyedClient("alice", List.of(ClientKey.of("sk-a")), 1000, 60, Set.of("gpt-4o")));

        assertThat(directory.find("sk-a").client()).isEqualTo(new Client("alice", 1000, 60, Set.of("gpt-4o")));
    }

    @Test
    void shouldKeepNoKeyInMemory() throws ReflectiveOperationException {
        ClientDirectory directory = directory("api-key", key("alice", "sk-very-secret"));
        Field clients = ClientDirectory.class.getDeclaredField("clients");
        clients.setAccessible(true);

        assertThat(clients.get(directory).toString()).contains("alice").doesNotContain("sk-very-secret");
        assertThat(KeyDigest.class.getDeclaredFields()).filteredOn(field -> !Modifier.isStatic(field.getModifiers()))
                .extracting(field -> (Object) field.getType()).containsOnly(byte[].class);
    }

    private static Optional<String> find(ClientDirectory directory, HeaderLookup headers) {
        return directory.keys(headers).stream().map(directory::find).filter(Objects::nonNull).findFirst().map(known -> known.client().name());
    }

    private static KeyedClient key(String name, String key) {
        return new KeyedClient(name, List.of(ClientKey.of(key)), 0, 0, Set.of());
    }

    private static ClientDirectory directory(String header, KeyedClient... keys) {
        return new ClientDirectory(new ClientSettings(header, List.of(keys), 5, Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofHours(2), Duration.ofMinutes(1), 0, 40_960, List.of(),
                ClientSettings.UnknownObjects.FIRST, List.of()));
    }
}

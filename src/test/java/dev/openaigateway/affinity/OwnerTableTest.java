package dev.openaigateway.affinity;

import dev.openaigateway.redis.SharedValues;
import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** Two gateways, each with its own memory; some with a shared Redis. */
class OwnerTableTest {

    private static final Digest KEY = Digest.of("FILE", "file-1");
    private static final Map<Digest, Duration> KEYS = Map.of(KEY, Duration.ofDays(365));

    private final Values redis = new Values();

    @ParameterizedTest
    @CsvSource({
        "used bob, made alice, alice", "used anonymous, made alice, alice", "made alice, used bob, alice", "made alice, made bob, alice",
        "used alice, used bob, alice", "made alice, used anonymous, alice", "made alice, used alice, alice"
    })
    void shouldRankWhatWasMadeAboveWhatWasNamed(String first, String second, String owner) {
        for (Values values : new Values[] {null, redis}) {
            OwnerTable one = table(values);
            OwnerTable other = values == null ? one : table(values);

            one.put(owner(first), KEYS);
            other.put(owner(second), KEYS);

            assertThat(one.find(KEYS).get(KEY).client()).as("%s then %s, %s", first, second, values).isEqualTo(owner);
            assertThat(other.find(KEYS).get(KEY).client()).isEqualTo(owner);
            assertThat(table(redis).find(KEYS).containsKey(KEY)).isEqualTo(values != null);
        }
        assertThat(redis.texts).hasSize(1);
    }

    @Test
    void shouldKeepWhatWasMadeAsSuch() {
        OwnerTable table = table(null);
        table.put(owner("made alice"), KEYS);
        table.put(owner("used alice"), KEYS);
        table.put(owner("made bob"), KEYS);

        assertThat(table.known(KEY)).isEqualTo(owner("made alice"));
    }

    @Test
    void shouldKnowOnlyFromMemoryWhatRedisHasLost() {
        OwnerTable table = table(redis);
        table.put(owner("used alice"), KEYS);
        redis.texts.clear();

        assertThat(table.find(KEYS)).containsEntry(KEY, owner("used alice"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGiveBothClientsWhatWasMadeForBoth(boolean shared) {
        OwnerTable one = table(redis);
        OwnerTable other = shared ? table(redis) : one;
        one.putBeside(owner("made alice"), KEYS);
        other.putBeside(owner("made bob"), KEYS);
        other.putBeside(owner("used carol"), KEYS);

        for (OwnerTable table : new OwnerTable[] {one, other}) {
            assertThat(table.find("alice", KEYS)).containsEntry(KEY, owner("made alice"));
            assertThat(table.find("bob", KEYS)).containsEntry(KEY, owner("made bob"));
        }
    }

    @Test
    void shouldLetWhatWasMadeReplaceWhatWasNamedWhenClientsHaveTheSame() {
        OwnerTable table = table(null);
        table.putBeside(owner("used bob"), KEYS);
        table.putBeside(owner("made alice"), KEYS);

        assertThat(table.find("bob", KEYS)).containsEntry(KEY, owner("made alice"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepASharedFileFromOthersWhenOneOfItsOwnersDeletesIt(boolean shared) {
        Values values = shared ? redis : null;
        OwnerTable table = table(values);
        table.share(owner("made alice"), KEYS);
        OwnerTable other = shared ? table(values) : table;
        other.share(owner("made bob"), KEYS);

        table.remove("alice", KEY);

        for (OwnerTable each : shared ? new OwnerTable[] {table, table(values)} : new OwnerTable[] {table}) {
            assertThat(each.find("bob", KEYS).get(KEY).client()).isEqualTo("bob");
            assertThat(each.find("alice", KEYS).get(KEY).isVisibleTo("alice")).isFalse();
            assertThat(each.find("carl", KEYS).get(KEY).isVisibleTo("carl")).isFalse();
        }
        table.share(owner("made alice"), KEYS);
        assertThat(table.find("alice", KEYS).get(KEY).client()).isEqualTo("alice");
    }

    @Test
    void shouldForgetAFileThatOneClientHad() {
        OwnerTable table = table(redis);
        table.share(owner("made alice"), KEYS);
        table.remove("alice", KEY);

        assertThat(table.find(KEYS)).isEmpty();
        assertThat(redis.texts).isEmpty();
    }

    /** The other gateway has not asked for the file before. */
    @Test
    void shouldDeleteOnlyTheShareOfTheClient() {
        OwnerTable table = table(redis);
        table.share(owner("made alice"), KEYS);
        table.share(owner("made bob"), KEYS);

        table(redis).remove("bob", KEY);

        assertThat(table(redis).find("alice", KEYS).get(KEY).client()).isEqualTo("alice");
    }

    @ParameterizedTest
    @CsvSource({"alice, true", "anonymous, false"})
    void shouldReadWhatEarlierVersionsHaveWritten(String client, boolean made) {
        assertThat(Owner.of("only\nresource\n" + client + "\ngpt-5\n")).isEqualTo(new Owner("only", "resource", "gpt-5", null, client, made));
        Owner owner = new Owner("only", "resource", "gpt-5", "alias", client, made);
        assertThat(Owner.of(owner.text())).isEqualTo(owner);
    }

    private static OwnerTable table(SharedValues values) {
        return new OwnerTable(100, new TestClock(), () -> values);
    }

    private static Owner owner(String text) {
        String[] parts = text.split(" ");
        return new Owner("only", "resource", "", null, parts[1], parts[0].equals("made"));
    }

    /** As on Redis, without lifetimes. */
    private static final class Values implements SharedValues {

        private final Map<String, String> texts = new HashMap<>();

        @Override
        public Map<String, String> read(Collection<String> names) {
            Map<String, String> found = new HashMap<>(texts);
            found.keySet().retainAll(names);
            return found;
        }

        @Override
        public void write(String value, Map<String, Duration> lifetimeByName, Predicate<String> mayReplace, BiConsumer<String, String> stays) {
            for (String name : lifetimeByName.keySet()) {
                String held = texts.putIfAbsent(name, value);
                if (held != null && mayReplace.test(held)) {
                    texts.put(name, value);
                } else if (held != null) {
                    stays.accept(name, held);
                }
            }
        }

        @Override
        public void remove(String name) {
            texts.remove(name);
        }
    }
}

package dev.openaigateway.reload.registry;

import dev.openaigateway.rules.names.NamedBeans;
import dev.openaigateway.support.PlainContext;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.SimpleRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class SharedRegistryTest {

    private final CamelContext context = PlainContext.create();
    private final Registry registry = context.getRegistry();

    @BeforeEach
    void bindAndInstall() {
        registry.bind("before", "first");
        registry.bindAsPrototype("prototype", StringBuilder.class, StringBuilder::new);
        SharedRegistry.install(context);
    }

    @Test
    void shouldKeepWhatWasBoundBefore() {
        assertThat(registry.lookupByName("before")).isEqualTo("first");
        assertThat(registry.findByType(String.class)).contains("first");
        assertThat(registry.lookupByName("prototype")).isInstanceOf(StringBuilder.class).isNotSameAs(registry.lookupByName("prototype"));
    }

    @Test
    void shouldFindEachBeanByItsType() {
        AtomicInteger made = new AtomicInteger();
        registry.bind("one", Integer.class, 1);
        registry.bind("supplied", AtomicInteger.class, (Supplier<Object>) () -> made);
        assertThat(registry.findByTypeWithName(Integer.class)).isEqualTo(Map.of("one", 1));
        assertThat(registry.findSingleByType(AtomicInteger.class)).isSameAs(made);
        registry.unbind("one");
        assertThat(registry.findSingleByType(Integer.class)).isNull();
    }

    @Test
    void shouldListTheNamesOfBeansWithoutMakingThem() {
        registry.bindAsPrototype("failing", StringBuilder.class, () -> {
            throw new IllegalStateException("no such bean");
        });
        registry.bind("one", Object.class, 1);

        assertThat(NamedBeans.in(registry, Object.class)).contains("before", "prototype", "failing", "one");
        assertThat(NamedBeans.in(registry, CharSequence.class)).containsExactly("before", "failing", "prototype");
        assertThat(NamedBeans.in(registry, Integer.class)).containsExactly("one");
        assertThat(NamedBeans.in(PlainContext.create().getRegistry(), CharSequence.class)).isEmpty();
    }

    /** A rule with a Groovy condition searches all beans for each request. */
    @Test
    void shouldBeReadWhileBeansAreBound() {
        for (int i = 0; i < 200; i++) {
            registry.bind("kept" + i, Integer.class, i);
        }
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> readers = List.of(reader(done), reader(done));
        for (int i = 0; i < 2_000; i++) {
            registry.bind("bean" + i % 50, Long.class, (long) i);
            registry.bindAsPrototype("prototype" + i % 50, Long.class, () -> 1L);
            registry.unbind("bean" + (i + 25) % 50);
            registry.unbind("prototype" + (i + 25) % 50);
        }
        done.set(true);
        assertThatCode(() -> readers.forEach(CompletableFuture::join)).doesNotThrowAnyException();
    }

    private CompletableFuture<Void> reader(AtomicBoolean done) {
        return CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                assertThat(registry.findByType(Integer.class)).hasSize(200);
                assertThat(registry.findByTypeWithName(Long.class)).isNotNull();
                assertThat(registry.lookupByName("before")).isEqualTo("first");
            }
        });
    }

    @Test
    void shouldBringAFormerBeanBackInOneStep() {
        ContextSnapshot snapshot = new ContextSnapshot(context);
        SharedRegistry shared = SharedRegistry.of(context).orElseThrow();
        registry.bind("before", "second");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                assertThat(registry.lookupByName("before")).isNotNull();
            }
        });
        for (int i = 0; i < 2_000; i++) {
            snapshot.restore(Set.of("before"));
            assertThat(registry.lookupByName("before")).isEqualTo("first");
            registry.bind("before", "second");
        }
        done.set(true);
        reader.join();
        assertThat(shared.bound()).containsKey("before");
    }

    @Test
    void shouldLeaveARegistryAloneThatIsNotOfCamel() {
        CamelContext other = new DefaultCamelContext(new SimpleRegistry());
        SharedRegistry.install(other);
        assertThat(SharedRegistry.of(other)).isEmpty();
    }

    @Test
    void shouldKeepADraftToItsThread() {
        registry.bind("shared", "old");
        SharedRegistry.all(context).forEach(SharedRegistry::begin);
        registry.bind("shared", "new");
        registry.bindAsPrototype("made", StringBuilder.class, StringBuilder::new);
        registry.unbind("before");
        CompletableFuture.runAsync(() -> registry.bind("theirs", "of another thread")).join();

        assertThat(CompletableFuture.supplyAsync(() -> registry.findByTypeWithName(String.class)).join())
                .containsEntry("shared", "old").containsEntry("before", "first");
        assertThat(CompletableFuture.supplyAsync(() -> String.valueOf(registry.lookupByName("made"))).join()).isEqualTo("null");
        assertThat(registry.findByTypeWithName(String.class)).containsEntry("shared", "new").doesNotContainKey("before").containsKey("theirs");
        assertThat(registry.lookupByName("made")).isInstanceOf(StringBuilder.class);

        SharedRegistry.all(context).forEach(SharedRegistry::publish);
        assertThat(CompletableFuture.supplyAsync(() -> registry.findByTypeWithName(String.class)).join())
                .containsEntry("shared", "new").doesNotContainKey("before").containsKey("theirs");
    }

    @Test
    void shouldForgetADraft() {
        registry.bind("shared", "old");
        SharedRegistry.all(context).forEach(SharedRegistry::begin);
        registry.bind("shared", "new");
        SharedRegistry.all(context).forEach(SharedRegistry::discard);

        assertThat(registry.lookupByName("shared")).isEqualTo("old");
    }
}

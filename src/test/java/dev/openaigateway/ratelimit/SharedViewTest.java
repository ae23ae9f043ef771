package dev.openaigateway.ratelimit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharedViewTest {

    private static final long NOW = 1_000_000;
    private static final long BUCKET = NOW / 1000;
    private static final long LIMIT = 1000;

    private final Window window = new Window();
    private final SharedView view = window.shared();

    SharedViewTest() {
        window.advanceTo(BUCKET);
    }

    @Test
    void shouldCountWhatOthersChargedUntilItHasCertainlyLeftTheWindow() {
        // given
        view.see(400, NOW);

        // then
        window.advanceTo(BUCKET + 60);
        assertThat(view.left(LIMIT, 1)).as("60 seconds later").isEqualTo(600);
        window.advanceTo(BUCKET + 61);
        assertThat(view.left(LIMIT, 1)).as("61 seconds later").isEqualTo(LIMIT);
    }

    @Test
    void shouldDivideTheRoomThatIsLeft() {
        // given
        window.add(100);
        view.see(400, NOW);

        // then
        assertThat(view.left(LIMIT, 3)).isEqualTo(200);
    }

    @Test
    void shouldIgnoreAReplyThatWasMadeBeforeTheLatestOne() {
        // given
        view.see(900, NOW + 1);

        // when
        view.see(100, NOW);

        // then
        assertThat(view.left(LIMIT, 1)).isEqualTo(100);
    }

    @Test
    void shouldHeedRepliesAfterTheClockWasSetBack() {
        // given
        view.see(900, NOW + 20_000);

        // when
        view.see(100, NOW);

        // then
        assertThat(view.left(LIMIT, 1)).isEqualTo(900);
    }
}

package dev.openaigateway.openai.response;

import dev.openaigateway.text.SecretMask;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorLineTest {

    private static final String SECRET = "sk-" + "0123456789".repeat(200);

    /** The masks are so much shorter than the keys that all of the text is shown. */
    @Test
    void shouldShowNoPartOfAKeyThatIsCut() {
        for (int before = 0; before < SECRET.length(); before += 7) {
            String message = "x".repeat(before) + SECRET.repeat(40);

            assertThat(shortened("error: " + message + "\n", Integer.MAX_VALUE)).contains("...").doesNotContain("sk-", "0123");
        }
    }

    @Test
    void shouldShowNoPartOfAKeyThatHasNotArrivedAsAWhole() {
        String event = ": comment\nerror: {\"code\":502,\"message\":\"wrong " + SECRET;
        for (int end = event.indexOf("sk-"); end < event.length(); end++) {
            assertThat(shortened(event, end)).doesNotContain("sk-", "0123").contains("502");
        }
    }

    @Test
    void shouldShowALineThatIsNotCut() {
        assertThat(shortened("error: wrong " + SECRET + "\n: x", Integer.MAX_VALUE)).isEqualTo("error: {\"message\":\"wrong ****\"}\n\n");
    }

    private static String shortened(String event, int end) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        return new String(ErrorLine.shortened(bytes, 0, Math.min(end, bytes.length), new SecretMask(List.of(SECRET))::in), StandardCharsets.UTF_8);
    }
}

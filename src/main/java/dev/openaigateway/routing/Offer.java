package dev.openaigateway.routing;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.health.Outages;
import dev.openaigateway.openai.body.PassedRequest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The candidates that a rule offers for one model, with the last look at them. What was available stays so until an outage begins, so until then
 * only those that were not are asked again (benchmark row "200 instances of 50 models"). Keeps the looks of the {@value #MAX_LOOKS} models used
 * last. Thread-safe.
 */
final class Offer {

    private static final int MAX_LOOKS = 128;
    /** In characters. Clients may name any model to an instance that serves any. */
    private static final int LONGEST_NAME = 100;

    private record Key(String model, String path) {
    }

    private record Known(CandidateLook look, long outages) {
    }

    private final List<Candidate> candidates;
    private final Outages outages;
    private final Map<Key, Known> looks = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > MAX_LOOKS;
        }
    };

    /** @param outages those of the candidates' instances */
    Offer(List<Candidate> candidates, Outages outages) {
        this.candidates = List.copyOf(candidates);
        this.outages = outages;
    }

    /** In the order of the rule. */
    List<Candidate> candidates() {
        return candidates;
    }

    /** Which candidates serve the request, and which of these are available now. */
    CandidateLook look(ModelRequest request) {
        if (!dependsOnlyOnModel(request)) {
            return CandidateLook.at(Eligibility.serving(candidates, request), request);
        }
        Key key = new Key(request.model(), request.operation().path());
        long before = outages.count();
        Known known = known(key);
        CandidateLook again = known == null || known.outages() != before ? null : known.look().again(request);
        return again == null ? keep(key, known, request, before) : again;
    }

    private static boolean dependsOnlyOnModel(ModelRequest request) {
        return request.placement() == null && !(request.body() instanceof PassedRequest) && !request.isBilledBefore()
                && !request.model().isEmpty() && request.model().length() <= LONGEST_NAME;
    }

    private Known known(Key key) {
        synchronized (looks) {
            return looks.get(key);
        }
    }

    private CandidateLook keep(Key key, Known last, ModelRequest request, long outagesBefore) {
        CandidateLook look = CandidateLook.at(last == null ? Eligibility.serving(candidates, request) : last.look().serving(), request);
        synchronized (looks) {
            looks.put(key, new Known(look, outagesBefore));
        }
        return look;
    }
}

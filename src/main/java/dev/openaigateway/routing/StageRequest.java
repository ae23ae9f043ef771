package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;

import java.util.List;

/**
 * A request on its way through the candidates of one stage.
 *
 * @param request  as the stage sends it
 * @param policy   orders the candidates, and learns when the first content arrives
 * @param offered  the candidates of the rule, among them those that are not available
 * @param listener notified of the attempts
 */
record StageRequest(Call call, ModelRequest request, Policy policy, List<Candidate> offered, CallListener listener) {
}

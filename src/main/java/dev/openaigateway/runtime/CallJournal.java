package dev.openaigateway.runtime;

import dev.openaigateway.api.Call;

import java.util.function.Consumer;

/** Told of every call when it is settled. */
final class CallJournal implements Consumer<Call> {

    @Override
    public void accept(Call call) {
    }
}

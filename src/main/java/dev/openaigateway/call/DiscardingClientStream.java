package dev.openaigateway.call;

import java.util.Map;
import java.util.function.Supplier;

/** Discards a response that has no client, such as the response to a mirrored request. */
public final class DiscardingClientStream implements ClientStream {

    @Override
    public boolean begin(int status, Map<String, String> headers) {
        return true;
    }

    @Override
    public boolean leaveHead() {
        return true;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
    }

    @Override
    public void insideEvent(boolean inside) {
    }

    @Override
    public void keepAlive(Supplier<Map<String, String>> headers, long silentNanos) {
    }

    @Override
    public void end() {
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public void breakOff() {
    }

    @Override
    public boolean begun() {
        return false;
    }

    @Override
    public boolean gone() {
        return false;
    }

    @Override
    public void onGone(Runnable action) {
    }
}
